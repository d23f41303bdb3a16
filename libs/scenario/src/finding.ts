export type Severity = 'error' | 'warning';

/** Every code that validation can find beside those of expressions (`expression.*`), with its severity and meaning. */
export const FINDINGS = {
  'scenario.bad-id': ['error', 'The document id does not fit `[a-z][a-z0-9-]{0,63}`.'],
  'scenario.bad-node-id': [
    'error',
    'A node id does not fit `[a-z][a-z0-9_]{0,63}`; ids with a capital are the runtime’s own endings.',
  ],
  'scenario.bad-shape': ['error', 'A part of the document has the wrong form.'],
  'scenario.unsupported': ['error', 'A part of the document is XState, but not of a scenario; it would never run.'],
  'scenario.too-large': ['error', 'There are more nodes than allowed.'],
  'scenario.missing-initial': ['error', '`initial` does not name a node.'],
  'scenario.missing-target': ['error', 'A wire or a path leads to a node that does not exist.'],
  'scenario.unknown-node-type': ['error', '`invoke.src` names no node type.'],
  'scenario.bad-configuration': ['error', 'The configuration does not fit the node type.'],
  'scenario.reserved-outcome': [
    'error',
    '`keys` and `cases` may not name `failed`, `no-input`, `no-match`, `otherwise`.',
  ],
  'scenario.unknown-outcome': ['error', 'An outcome is wired that the node does not have.'],
  'scenario.duplicate-wire': ['warning', 'An outcome is wired twice; the second wire is never taken.'],
  'scenario.outcome-unwired': ['warning', 'An outcome has no wire; it ends the run.'],
  'scenario.unreachable': ['warning', 'No wire leads to this node.'],
  'scenario.audio-before-answer': ['warning', 'A node that needs audio can be reached before the call is answered.'],
  'scenario.endless-loop': ['warning', 'Nodes that never wait lead to each other in a circle.'],
  'scenario.bad-group': ['warning', 'A group names a node that does not exist, or one that another group has too.'],
  'scenario.unknown-step': ['warning', 'An expression uses the output of a node that does not exist.'],
} as const satisfies Record<string, readonly [Severity, string]>;
export type FindingCode = keyof typeof FINDINGS;

/** One thing that validation has to say. */
export interface Finding {
  readonly severity: Severity;
  /** `scenario.*`, or `expression.*`. */
  readonly code: string;
  /** The node it belongs to, or null. */
  readonly node: string | null;
  readonly outcome?: string;
  /** Where in the document: keys joined with dots, `states.menu.invoke.input.prompt.0.say`. */
  readonly path?: string;
  readonly message: string;
}

export type Path = readonly (string | number)[];
export interface Place {
  readonly node?: string | null;
  readonly outcome?: string;
  readonly path?: Path;
}

export const finding = (code: FindingCode, message: string, { node = null, outcome, path }: Place = {}): Finding => ({
  severity: FINDINGS[code][0],
  code,
  node,
  ...(outcome === undefined ? {} : { outcome }),
  ...(path === undefined ? {} : { path: path.join('.') }),
  message,
});

/** The finding's path within the node's configuration, for its form: `prompt.0.say`; null when it is about something else. */
export function configurationPath({ node, path }: Finding): string | null {
  const prefix = `states.${node}.invoke.input.`;
  return node !== null && path?.startsWith(prefix) ? path.slice(prefix.length) : null;
}
