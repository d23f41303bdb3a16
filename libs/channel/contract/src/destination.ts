/** Where a call can go, read from a scenario's `to`. Policy and routing come after it. */
export type Destination =
  | { readonly kind: 'phone'; readonly username: string }
  /** Digits, with a leading `+` when it is E.164; separators are removed. */
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'trunk'; readonly trunk: string; readonly number: string }
  | { readonly kind: 'uri'; readonly uri: string }
  | { readonly kind: 'scenario'; readonly id: string };

const SEPARATORS = /[\s().\-/]/g;
const NUMBER = /^\+?[0-9*#]{1,32}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const SCENARIO = /^[a-z][a-z0-9-]{0,63}$/;
/** What no URI of ours may hold: blanks, controls, angle brackets and quotes (they would end it inside a header field). */
const SIP_URI = /^sips?:[^\s<>"\p{Cc}]{1,255}$/iu;
const TEL_URI = /^tel:(\+?[0-9*#().-]{1,64})(;[^\s<>"\p{Cc}]{0,128})?$/iu;

/** Null: it cannot be read as any of the forms of the contract. */
export function parseDestination(text: string): Destination | null {
  const to = text.trim();
  const colon = to.indexOf(':');
  const scheme = colon < 0 ? '' : to.slice(0, colon).toLowerCase();
  const rest = to.slice(colon + 1);
  switch (scheme) {
    case '': {
      const number = to.replace(SEPARATORS, '');
      return NUMBER.test(number) ? { kind: 'number', number } : null;
    }
    case 'phone':
      return NAME.test(rest) ? { kind: 'phone', username: rest } : null;
    case 'scenario':
      return SCENARIO.test(rest) ? { kind: 'scenario', id: rest } : null;
    case 'trunk': {
      const slash = rest.indexOf('/');
      const trunk = rest.slice(0, slash);
      const number = rest.slice(slash + 1).replace(SEPARATORS, '');
      return slash > 0 && NAME.test(trunk) && NUMBER.test(number) ? { kind: 'trunk', trunk, number } : null;
    }
    case 'sip':
    case 'sips':
      return SIP_URI.test(to) ? { kind: 'uri', uri: to } : null;
    case 'tel':
      return TEL_URI.test(to) ? { kind: 'uri', uri: to } : null;
    default:
      return null;
  }
}
