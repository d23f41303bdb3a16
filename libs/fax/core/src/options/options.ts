/** What kind of value an option has, and which. */
export type FaxOptionKind =
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'text'; readonly maxLength: number; readonly pattern: RegExp };

export type FaxOptionDefinition = FaxOptionKind & {
  readonly title: string;
  readonly description: string;
  /** What holds when it is not given; null: nothing does. */
  readonly default: string | null;
};

const YES_NO = ['YES', 'NO'];
const choice = (title: string, values: readonly string[], byDefault: string, description: string) => ({
  kind: 'choice' as const,
  title,
  values,
  default: byDefault,
  description,
});
const number = (title: string, min: number, max: number, byDefault: string | null, description: string) => ({
  kind: 'number' as const,
  title,
  min,
  max,
  default: byDefault,
  description,
});
const text = (title: string, maxLength: number, pattern: RegExp, description: string) => ({
  kind: 'text' as const,
  title,
  maxLength,
  pattern,
  default: null,
  description,
});

/** Every option of a fax: the one list that validates them, draws their form and writes their manual page. */
export const FAX_OPTIONS = {
  v17: choice('V.17', YES_NO, 'YES', 'The modem for 7200 to 14400 bit/s.'),
  v29: choice('V.29', YES_NO, 'YES', 'The modem for 7200 and 9600 bit/s.'),
  v27ter: choice('V.27ter', YES_NO, 'YES', 'The modem for 2400 and 4800 bit/s, which every fax machine has.'),
  MinDataRate: choice(
    'Lowest rate',
    ['2400', '4800', '7200', '9600', '12000', '14400'],
    '2400',
    'A fax that would go slower than this is given up, in bit/s.',
  ),
  MaxDataRate: choice(
    'Highest rate',
    ['4800', '7200', '9600', '12000', '14400'],
    '14400',
    'No modem that is faster than this is used, in bit/s.',
  ),
  ECM: choice(
    'Error correction',
    YES_NO,
    'YES',
    'What is damaged on the way is sent again, so that pages arrive whole.',
  ),
  Compression: choice(
    'Compression',
    ['MMR', 'MR', 'MH'],
    'MMR',
    'The best compression that may be used (T.6, T.4 2-D, T.4 1-D).',
  ),
  Resolution: choice(
    'Resolution',
    ['SUPERFINE', 'FINE', 'STANDARD'],
    'SUPERFINE',
    'The highest resolution that may be used.',
  ),
  HighRes: choice('High resolution', YES_NO, 'YES', 'NO: nothing finer than standard resolution.'),
  PaperSize: choice('Paper', ['A3', 'B4', 'A4'], 'A3', 'The widest paper that may be used.'),
  T38: choice(
    'T.38',
    ['YES', 'NO', 'ONLY'],
    'YES',
    'YES: T.38 when the far end has it, else audio. NO: audio. ONLY: no fax without T.38.',
  ),
  T38Redundancy: number('T.38 redundancy', 0, 7, '3', 'How many earlier packets each packet of T.38 repeats.'),
  LocalIdent: text(
    'Station identity',
    20,
    /^[\x20-\x7e]*$/,
    'What our fax machine calls itself, such as +370 5 200 0000.',
  ),
  HeaderText: text('Header', 50, /^[\x20-\x7e]*$/, 'Text of the line on top of every page that is sent.'),
  FirstPage: number('First page', 1, 9999, '1', 'The page of the document to begin with.'),
  LastPage: number('Last page', 1, 9999, null, 'The page of the document to end with.'),
  Timeout: number('Timeout', 10, 14_400, '1800', 'The longest that the fax may take, in seconds.'),
} as const satisfies Readonly<Record<string, FaxOptionDefinition>>;

export type FaxOption = keyof typeof FAX_OPTIONS;

export const FAX_OPTION_NAMES = Object.keys(FAX_OPTIONS) as readonly FaxOption[];

const byLowerCase = new Map(FAX_OPTION_NAMES.map((name) => [name.toLowerCase(), name]));

/** Names are compared without case. */
export const faxOptionOf = (name: string): FaxOption | undefined => byLowerCase.get(name.toLowerCase());
