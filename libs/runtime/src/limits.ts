/** What a run may take. */
export const RUN_LIMITS = {
  /** Nodes entered, those of subflows too. */
  steps: 10_000,
  /** Nodes in a row that did not wait for anything. */
  hurriedSteps: 1_000,
  /** A node that took less than this did not wait. */
  hurryMs: 5,
  /** How long an interrupted node has to hand over its output. */
  handOverMs: 1_000,
  /** How long nodes may run after the call, in all. */
  afterCallMs: 60_000,
  /** How long a channel may take to release its legs before the run goes on without it. */
  releaseMs: 5_000,
  /** Subflows within subflows. */
  depth: 8,
} as const;
