import type { NameKind } from '@callwright/nodes';
import type { Bindings } from './environment.entity.js';

/** What a name stands for; a name that is not bound stands for itself. */
export function bound(bindings: Bindings, kind: NameKind, name: string): string {
  const ofKind = bindings[kind] ?? {};
  return Object.hasOwn(ofKind, name) ? (ofKind[name] ?? name) : name;
}

/** A destination with its name as the environment means it: `trunk:carrier/+1` → `trunk:test-carrier/+1`. */
export function boundDestination(bindings: Bindings, to: string): string {
  const [, kind, name, rest] = /^\s*(phone|trunk|scenario):([^/]+)(\/.*)?$/i.exec(to) ?? [];
  if (kind === undefined || name === undefined) return to;
  return `${kind}:${bound(bindings, kind.toLowerCase() as NameKind, name)}${rest ?? ''}`;
}
