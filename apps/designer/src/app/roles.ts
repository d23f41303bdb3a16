import type { Role } from '../api/types.js';
import { msg } from '../i18n/i18n.js';

/** What a role is called. */
export const roleNames: Readonly<Record<Role, string>> = {
  viewer: msg('Viewer'),
  editor: msg('Editor'),
  operator: msg('Operator'),
  admin: msg('Administrator'),
};
