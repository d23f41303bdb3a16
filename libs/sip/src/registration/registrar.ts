import { callIdOf, contactsOf, cseqOf, expiresOf, isContactStar } from '../message/fields.js';
import type { SipRequest } from '../message/message.js';
import { parseUnsigned } from '../grammar.js';
import { sameUri, type Uri } from '../uri/uri.js';

/** One place where a user can be reached. */
export interface Binding<Flow = unknown> {
  readonly contact: string;
  readonly uri: Uri;
  /** Preference, 0…1. */
  readonly q: number;
  readonly callId: string;
  readonly cseq: number;
  /** ms since the epoch. */
  readonly expiresAt: number;
  /** How the REGISTER came, for the shell. */
  readonly flow: Flow;
}

export interface RegistrarLimits {
  /** In seconds. */
  readonly minExpires: number;
  readonly maxExpires: number;
  readonly defaultExpires: number;
  readonly maxBindings: number;
}

export const REGISTRAR_LIMITS: RegistrarLimits = {
  minExpires: 60,
  maxExpires: 3600,
  defaultExpires: 3600,
  maxBindings: 10,
};

export type RegisterOutcome<Flow> =
  | { readonly status: 200; readonly bindings: readonly Binding<Flow>[] }
  /** Interval too brief: answer with Min-Expires. */
  | { readonly status: 423; readonly minExpires: number }
  | { readonly status: 400 | 403 | 500 };

export const living = <Flow>(bindings: readonly Binding<Flow>[], now: number): Binding<Flow>[] =>
  bindings.filter((binding) => binding.expiresAt > now).sort((a, b) => b.q - a.q);

/**
 * Applies a REGISTER to the bindings of one address of record (RFC 3261 section 10.3, steps 6 to 8): all of it or nothing.
 */
export function applyRegister<Flow>(
  current: readonly Binding<Flow>[],
  request: SipRequest,
  flow: Flow,
  now: number,
  limits: RegistrarLimits = REGISTRAR_LIMITS,
): RegisterOutcome<Flow> {
  const callId = callIdOf(request);
  const cseq = cseqOf(request).number;
  const outOfOrder = (binding: Binding<Flow>) => binding.callId === callId && cseq <= binding.cseq;
  let bindings = living(current, now);

  if (isContactStar(request)) {
    // `*` is for removing everything and for nothing else.
    if (expiresOf(request) !== 0) return { status: 400 };
    return bindings.some(outOfOrder) ? { status: 500 } : { status: 200, bindings: [] };
  }
  for (const contact of contactsOf(request)) {
    const seconds = requestedSeconds(contact.params.get('expires'), expiresOf(request), limits);
    if (seconds > 0 && seconds < limits.minExpires) return { status: 423, minExpires: limits.minExpires };
    const known = bindings.find((binding) => sameUri(binding.uri, contact.uri));
    if (known && outOfOrder(known)) return { status: 500 };
    bindings = bindings.filter((binding) => binding !== known);
    if (seconds === 0) continue;
    const q = Number(/^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.exec(contact.params.get('q') ?? '')?.[0] ?? 1);
    const expiresAt = now + seconds * 1000;
    bindings.push({ contact: contact.uriText, uri: contact.uri, q, callId, cseq, expiresAt, flow });
  }
  if (bindings.length > limits.maxBindings) return { status: 403 };
  return { status: 200, bindings: living(bindings, now) };
}

function requestedSeconds(param: string | null | undefined, header: number | null, limits: RegistrarLimits): number {
  // An `expires` that is no number counts as if it were not there (RFC 3261 section 20.10 says 3600).
  const own = param == null ? null : parseUnsigned(param, 4_294_967_295);
  return Math.min(own ?? header ?? limits.defaultExpires, limits.maxExpires);
}

/** Values of Contact for the 200. */
export const contactValues = (bindings: readonly Binding[], now: number): string[] =>
  bindings.map(
    (binding) =>
      `<${binding.contact}>;expires=${Math.max(1, Math.round((binding.expiresAt - now) / 1000))}${binding.q === 1 ? '' : `;q=${binding.q}`}`,
  );
