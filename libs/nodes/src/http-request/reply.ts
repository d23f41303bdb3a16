import type { Json } from '@callwright/kernel';
import type { HttpReply } from '../node.js';

const JSON_TYPE = /^application\/(?:[^;]*\+)?json\s*(?:;|$)/i;

const header = (headers: HttpReply['headers'], wanted: string): string =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';

/** The body as a value when the reply says that it is JSON; as text otherwise, and where it says so but is none. */
export function bodyOf({ headers, body }: HttpReply, onBadJson: () => void): Json {
  if (!JSON_TYPE.test(header(headers, 'content-type')) || body === '') return body;
  try {
    return JSON.parse(body) as Json;
  } catch {
    onBadJson();
    return body;
  }
}
