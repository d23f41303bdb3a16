import { badSsml, type Position } from '../errors.js';

/** What a document consists of, in order. */
export type Markup =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly empty: boolean;
      readonly at: number;
    }
  | { readonly kind: 'close'; readonly name: string; readonly at: number }
  | { readonly kind: 'text'; readonly text: string; readonly at: number };

const NAME = /[\p{L}_][\p{L}\p{N}_.:-]*/uy;
const SPACE = /[ \t\r\n]*/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LONGEST_ENTITY = 12;

/** The line and column of an offset. */
export function positionOf(source: string, offset: number): Position {
  const before = source.slice(0, offset).split('\n');
  return { offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/**
 * Reads XML 1.0 without document types into a list of its parts: one pass, every character looked at a bounded number of times.
 * Checks what a single part can get wrong; nesting is the reader's business. Throws `speech.bad-ssml` and nothing else.
 */
export function scanMarkup(source: string): Markup[] {
  const found: Markup[] = [];
  let at = 0;
  const wrong = (what: string, where = at) => badSsml(what, positionOf(source, where));
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0] ?? '';
    at += text.length;
    return text;
  };
  const skipPast = (end: string, what: string) => {
    const found = source.indexOf(end, at);
    if (found < 0) throw wrong(`${what} without its ${end}`);
    const inside = source.slice(at, found);
    at = found + end.length;
    return inside;
  };

  const tag = (): Markup => {
    const start = at;
    at += 1;
    const closing = source[at] === '/';
    if (closing) at += 1;
    const name = match(NAME);
    if (!name) throw wrong('A "<" that begins no tag (write &lt;)', start);
    if (closing) {
      match(SPACE);
      if (source[at] !== '>') throw wrong(`The closing tag of <${name}> is not closed with ">"`);
      at += 1;
      return { kind: 'close', name, at: start };
    }
    const attributes = new Map<string, string>();
    for (;;) {
      const space = match(SPACE);
      if (source.startsWith('/>', at) || source[at] === '>') {
        const empty = source[at] === '/';
        at += empty ? 2 : 1;
        return { kind: 'open', name, attributes, empty, at: start };
      }
      const attributeAt = at;
      const attribute = space ? match(NAME) : '';
      if (!attribute) throw wrong(`The tag <${name}> is not closed with ">"`);
      match(SPACE);
      if (source[at] !== '=') throw wrong(`The attribute ${attribute} has no value`);
      at += 1;
      match(SPACE);
      const quote = source[at];
      if (quote !== '"' && quote !== "'") throw wrong(`The value of ${attribute} is not in quotes`);
      at += 1;
      const valueAt = at;
      const value = skipPast(quote, `The value of ${attribute}`);
      if (value.includes('<'))
        throw wrong(`The value of ${attribute} contains "<" (write &lt;)`, valueAt + value.indexOf('<'));
      if (attributes.has(attribute)) throw wrong(`The attribute ${attribute} is given twice`, attributeAt);
      attributes.set(
        attribute,
        decodeEntities(value, (what, inside) => wrong(what, valueAt + inside)),
      );
    }
  };

  while (at < source.length) {
    const start = at;
    if (source[at] !== '<') {
      const end = source.indexOf('<', at);
      at = end < 0 ? source.length : end;
      const text = decodeEntities(source.slice(start, at), (what, inside) => wrong(what, start + inside));
      found.push({ kind: 'text', text, at: start });
    } else if (source.startsWith('<!--', at)) {
      at += 4;
      skipPast('-->', 'A comment');
    } else if (source.startsWith('<![CDATA[', at)) {
      at += 9;
      found.push({ kind: 'text', text: skipPast(']]>', 'A CDATA section'), at: start });
    } else if (source.startsWith('<?', at)) {
      at += 2;
      skipPast('?>', 'A processing instruction');
    } else if (source.startsWith('<!', at)) {
      throw wrong('A document type, which prompts may not have,');
    } else {
      found.push(tag());
    }
  }
  return found;
}

function decodeEntities(text: string, wrong: (what: string, at: number) => Error): string {
  let decoded = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('&', at);
    if (start < 0) return decoded + text.slice(at);
    const name = /^&([#\w]{1,12});/.exec(text.slice(start, start + LONGEST_ENTITY + 2))?.[1];
    if (name === undefined) throw wrong('A "&" that begins no entity (write &amp;)', start);
    const character = entity(name);
    if (character === undefined) throw wrong(`The unknown entity &${name};`, start);
    decoded += text.slice(at, start) + character;
    at = start + name.length + 2;
  }
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
  if (!digits) return undefined;
  const code = digits[1] === undefined ? Number.parseInt(digits[2] ?? '', 10) : Number.parseInt(digits[1], 16);
  const legal =
    code === 9 || code === 10 || code === 13 || (code >= 32 && code < 0xd800) || (code > 0xdfff && code <= 0x10ffff);
  return legal ? String.fromCodePoint(code) : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Makes a value safe to be put into SSML, as text or inside an attribute. */
export const escapeForSsml = (value: string): string =>
  value.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
