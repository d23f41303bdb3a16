import type { Trunk } from '../api/types.js';
import { msg } from '../i18n/i18n.js';

export const trunkStateNames: Readonly<Record<Trunk['state'], string>> = {
  registered: msg('registered'),
  unregistered: msg('not registered'),
  failed: msg('registration failed'),
  static: msg('ready, without registration'),
};

export const trunkStateColors = {
  registered: 'exchange',
  static: 'exchange',
  unregistered: 'gray',
  failed: 'red',
} as const;
