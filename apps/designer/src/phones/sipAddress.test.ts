import { expect, it } from 'vitest';
import { sipAddress } from './sipAddress.js';

it.each([
  ['127.0.0.1:45060', 'pbx.example', '127.0.0.1:45060'],
  ['0.0.0.0:5060', 'pbx.example', 'pbx.example'],
  ['0.0.0.0:5070', 'pbx.example', 'pbx.example:5070'],
  ['[::]:5060', 'pbx.example', 'pbx.example'],
  [undefined, 'pbx.example', 'pbx.example'],
])('a server that says %s is reached at %s as %s', (sip, page, address) => expect(sipAddress(sip, page)).toBe(address));
