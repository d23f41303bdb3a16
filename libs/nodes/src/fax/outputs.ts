import { z } from 'zod';
import { durationMs, given } from '../fields/index.js';

export const lastPage = given(
  z.boolean(),
  'Whether no more pages will follow; it does not say that all went well.',
  true,
);
const document = given(z.string(), 'Name of the fax document.', 'fax-20260302-101530-37060000000');

const settings = z.strictObject({
  standard: z.string(),
  bitRate: z.number(),
  ecm: z.boolean(),
  compression: z.string(),
  resolution: z.string(),
  remoteIdent: z.string(),
});

const EXAMPLE = {
  standard: 'T.38',
  bitRate: 14_400,
  ecm: true,
  compression: 'MMR',
  resolution: '204x196',
  remoteIdent: '+37052000000',
};

const negotiated = given(settings.nullable(), 'What the two machines agreed upon; null: they did not.', EXAMPLE);

/** What a fax that is over gives, read as `steps.<node id>.<name>`. */
export const faxOutputShape = z.strictObject({
  outcome: given(z.string(), 'What became of it, also as the way out of the node.', 'partly-sent'),
  cause: given(z.string(), 'Exactly why it ended, such as NORMAL, HANGUP or COMMSFAULT.', 'COMMSFAULT'),
  explanation: given(z.string(), 'What happened, for a person.', 'The far end did not answer after a page.'),
  advice: given(z.string(), 'What to try; empty: nothing.', 'Try again over T.38.'),
  document,
  pages: given(z.number(), 'Pages that were confirmed, or received.', 3),
  totalPages: given(z.number().nullable(), 'Pages that were to be sent; null for a fax that is received.', 5),
  firstUnsentPage: given(z.number().nullable(), 'The page to go on with; null: there is none.', 4),
  standard: given(z.string().nullable(), 'T.30 (audio) or T.38; null: they never agreed.', 'T.38'),
  negotiated,
  pageDetails: given(
    z.array(z.record(z.string(), z.json())),
    'Each page with its rate, resolution, size, bad rows and quality (share of good rows).',
    [{ page: 1, bitRate: 14_400, ecm: true, badRows: 0, quality: 1 }],
  ),
  options: given(z.record(z.string(), z.string()), 'The options that it was done with.', { MaxDataRate: '9600' }),
  failedOption: given(z.record(z.string(), z.string()).nullable(), 'The options that were refused; null: none.', null),
  rawCause: given(
    z.strictObject({ code: z.number(), text: z.string() }).nullable(),
    'The fax library’s own code and words; null: it did not come to that.',
    { code: 21, text: 'No response after sending a page' },
  ),
  durationMs,
});
