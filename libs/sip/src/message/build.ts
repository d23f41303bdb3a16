import { concatBytes, encodeUtf8 } from '../bytes.js';
import type { SipMessage } from './message.js';
import { headerKey } from './header-names.js';

/** The bytes of a message. Content-Length is always right, whatever the header fields say. */
export function buildMessage(message: SipMessage): Uint8Array {
  const head = encodeUtf8(buildHead(message));
  return message.body.length === 0 ? head : concatBytes(head, message.body);
}

function buildHead(message: SipMessage): string {
  let text =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${oneLine(message.reason)}\r\n`;
  let lengthWritten = false;
  for (const { name, value } of message.headers) {
    if (headerKey(name) !== 'content-length') text += `${name}: ${oneLine(value)}\r\n`;
    else if (!lengthWritten) {
      text += `${name}: ${message.body.length}\r\n`;
      lengthWritten = true;
    }
  }
  return lengthWritten ? `${text}\r\n` : `${text}Content-Length: ${message.body.length}\r\n\r\n`;
}

/** Whatever a scenario or a peer puts into a value, it stays one header field. */
const oneLine = (value: string) => (/[\r\n]/.test(value) ? value.replace(/[\r\n]+/g, ' ') : value);
