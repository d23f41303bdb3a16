/** What a run may take. */
export const RUN_LIMITS = {
  /** Nodes entered, those of subflows too. */
  steps: 10_000,
  /** Nodes in a row that need not wait for anything. */
  stepsInStore: 1_000,
  /** How many more may be entered for each second that the run takes. */
  stepsPerSecond: 20,
  /** After so many nodes the run lets others go on. */
  stepsInOneBreath: 32,
  /** How long an interrupted node has to hand over its output. */
  handOverMs: 1_000,
  /** How long nodes may run after the call, in all. */
  afterCallMs: 60_000,
  /** How long a channel may take to release its legs before the run goes on without it. */
  releaseMs: 5_000,
  /** Subflows within subflows. */
  depth: 8,
} as const;
