/** What people write who know other languages, and how it is written here. */
const SLIPS: readonly { readonly pattern: RegExp; readonly fix: string }[] = [
  { pattern: /!==/, fix: 'Write != for "is not equal".' },
  { pattern: /===?/, fix: 'Write = for "is equal".' },
  { pattern: /<>/, fix: 'Write != for "is not equal".' },
  { pattern: /&&/, fix: 'Write "and".' },
  { pattern: /\|\|/, fix: 'Write "or".' },
  { pattern: /!(?!=)/, fix: 'Write $not(…).' },
  { pattern: /\?\./, fix: 'Write "."; a missing value on the way gives null by itself.' },
  { pattern: /=>/, fix: 'Write >= for "at least", or function($x){ … } for a function.' },
  { pattern: /\+\+|--/, fix: 'There is no ++ and no --; use a Set variables node.' },
  { pattern: /[“”‘’]/, fix: 'Write straight quotes: "…" or \'…\'.' },
  { pattern: /\bnot\s+(?!\()/i, fix: 'Write $not(…).' },
  { pattern: /\b(?:AND|OR)\b/, fix: 'Write "and" and "or" in small letters.' },
  { pattern: /\{\{|\}\}/, fix: 'Here the expression is written without {{ }}.' },
];

export interface Slip {
  readonly fix: string;
  readonly position: number;
}

/** The first usual slip outside of texts, or an open quote; null when there is none. */
export function findSlip(expression: string): Slip | null {
  const { bare, open } = blankTexts(expression);
  if (open !== null) return { fix: `The text that begins with ${expression[open]} has no end.`, position: open };
  let first: Slip | null = null;
  for (const { pattern, fix } of SLIPS) {
    const position = bare.search(pattern);
    if (position !== -1 && (first === null || position < first.position)) first = { fix, position };
  }
  return first;
}

/** The expression with its texts blanked out, and where a text begins that has no end. */
function blankTexts(expression: string): { bare: string; open: number | null } {
  let bare = '';
  let quote: string | null = null;
  let begun = 0;
  for (let place = 0; place < expression.length; place++) {
    const character = expression.charAt(place);
    if (quote === null) {
      if (character === '"' || character === '`' || (character === "'" && !/\w/.test(expression.charAt(place - 1)))) {
        quote = character;
        begun = place;
      }
      bare += quote === null ? character : ' ';
      continue;
    }
    bare += ' ';
    if (character === '\\' && quote !== '`') {
      bare += ' ';
      place++;
    } else if (character === quote) quote = null;
  }
  return { bare, open: quote === null ? null : begun };
}
