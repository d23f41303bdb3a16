import type { Headers } from '@callwright/channel-contract';
import { headerKey, isToken } from '@callwright/sip';

/** Header fields that belong to the protocol: a scenario that could set them could steer where a call goes. */
const OURS = new Set([
  ...[
    'via',
    'from',
    'to',
    'call-id',
    'cseq',
    'contact',
    'max-forwards',
    'route',
    'record-route',
    'path',
    'service-route',
  ],
  ...['content-length', 'content-type', 'content-encoding', 'content-disposition', 'content-language', 'mime-version'],
  ...['authorization', 'proxy-authorization', 'www-authenticate', 'proxy-authenticate', 'authentication-info'],
  ...[
    'require',
    'proxy-require',
    'supported',
    'unsupported',
    'allow',
    'allow-events',
    'accept',
    'user-agent',
    'server',
  ],
  ...[
    'session-expires',
    'min-se',
    'expires',
    'rseq',
    'rack',
    'replaces',
    'join',
    'refer-to',
    'event',
    'subscription-state',
  ],
]);

/** What a scenario wants to send, as far as it may: each value as a field of its own. */
export function headerFields(headers: Headers): (readonly [string, string])[] {
  const fields: (readonly [string, string])[] = [];
  for (const [name, values] of Object.entries(headers)) {
    if (!isToken(name) || OURS.has(headerKey(name))) continue;
    for (const value of values) fields.push([name, value.replace(/[\p{Cc}]+/gu, ' ').trim()]);
  }
  return fields;
}
