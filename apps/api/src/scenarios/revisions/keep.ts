const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The newest are all kept, whatever their age. */
const NEWEST = 30;
/** Of older ones, the last of each span is kept: the finer the younger. */
const SPANS: readonly { readonly youngerThanMs: number; readonly spanMs: number }[] = [
  { youngerThanMs: HOUR_MS, spanMs: MINUTE_MS },
  { youngerThanMs: DAY_MS, spanMs: 10 * MINUTE_MS },
  { youngerThanMs: 30 * DAY_MS, spanMs: 4 * HOUR_MS },
  { youngerThanMs: Infinity, spanMs: DAY_MS },
];
/** Of the oldest, no more than these in all. */
const MOST = 400;

export interface SavedRevision {
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly savedBy: string;
}

/**
 * Which saved revisions are not worth keeping. Autosave makes one a second while somebody types; what people look for afterwards is
 * "before lunch", "yesterday", and what somebody else had before they went on, which is why the last one before another person's is
 * always kept. `revisions` are newest first.
 */
export function revisionsToDrop(revisions: readonly SavedRevision[], now: number): readonly number[] {
  const seen = new Set<string>();
  const kept: number[] = [];
  const dropped: number[] = [];
  revisions.forEach(({ revision, savedAt, savedBy }, index) => {
    const age = now - savedAt;
    const { spanMs } = SPANS.find(({ youngerThanMs }) => age < youngerThanMs) ?? { spanMs: DAY_MS };
    const span = `${spanMs} ${Math.floor(savedAt / spanMs)}`;
    const lastOfAuthor = index > 0 && revisions[index - 1]?.savedBy !== savedBy;
    const worth = index < NEWEST || !seen.has(span) || lastOfAuthor;
    seen.add(span);
    if (worth && kept.length < MOST) kept.push(revision);
    else dropped.push(revision);
  });
  return dropped;
}
