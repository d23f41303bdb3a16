import { z } from 'zod';
import type { Headers } from '@callwright/channel-contract';
import { TEXT_LIMIT } from './text.js';

/** RFC 9110 section 5.6.2 and RFC 3261 section 25.1: what a header may be called. */
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}$/;
/** A line break or another control character in a value would begin a header of its own. */
const CONTROL = /\p{Cc}/u;
/** Headers that make a call what it is; a scenario that set them would break it, or pretend to be somebody else. */
const PROTOCOL_HEADERS =
  /^(via|from|to|f|t|v|m|i|l|c|k|e|s|contact|call-id|cseq|max-forwards|(record-)?route|(proxy-|www-)?(authenticate|authorization)|content-.*|supported|require|proxy-require|allow|expires|session-expires|min-se|refer-.*|replaces|event|p-asserted-identity|p-preferred-identity|remote-party-id|identity)$/i;

const value = z
  .string()
  .max(TEXT_LIMIT)
  .refine(
    (given) => !CONTROL.test(given.replaceAll('\t', ' ')),
    'A header value has no line breaks and no control characters.',
  );

const checkNames = (refuse: (name: string) => string | null) => (headers: object, context: z.core.$RefinementCtx) => {
  for (const name of Object.keys(headers)) {
    const message = TOKEN.test(name) ? refuse(name) : `"${name}" is no name of a header.`;
    if (message !== null) context.addIssue({ code: 'custom', path: [name], message, input: headers });
  }
};

/** Headers of a call: one value, or a list of values. */
export const callHeaders = (title: string, description: string) =>
  z
    .record(z.string(), z.union([value, z.array(value).max(20)]))
    .superRefine(
      checkNames((name) =>
        PROTOCOL_HEADERS.test(name)
          ? `"${name}" belongs to the call itself; use a header of your own, such as X-${name}.`
          : null,
      ),
    )
    .meta({ title, description, control: 'headers' });

/** Headers of an HTTP request. */
export const httpHeaders = (title: string, description: string) =>
  z
    .record(z.string(), value)
    .superRefine(
      checkNames((name) =>
        /^(host|content-length|transfer-encoding|connection)$/i.test(name) ? `"${name}" is set by itself.` : null,
      ),
    )
    .meta({ title, description, control: 'headers' });

/** As the channel wants them: a list of values each. */
export const toHeaders = (headers: Readonly<Record<string, string | readonly string[]>>): Headers =>
  Object.fromEntries(
    Object.entries(headers).map(([name, given]) => [name, typeof given === 'string' ? [given] : given]),
  );
