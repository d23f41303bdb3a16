/** What a network does to packets; each a share of 0 … 1. */
export interface LinkFaults {
  readonly loss: number;
  readonly duplicate: number;
  /** Delayed by `reorderBy` packets. */
  readonly reorder: number;
  readonly reorderBy?: number;
}

/** What arrives of packets that were sent in this order, in the order in which it arrives. */
export function throughLink<T>(packets: readonly T[], faults: LinkFaults, random: () => number): T[] {
  const arriving: { readonly at: number; readonly packet: T }[] = [];
  packets.forEach((packet, n) => {
    for (let copies = random() < faults.duplicate ? 2 : 1; copies > 0; copies--) {
      if (random() < faults.loss) continue;
      arriving.push({ at: n + (random() < faults.reorder ? (faults.reorderBy ?? 2) + 0.5 : 0), packet });
    }
  });
  return arriving.sort((a, b) => a.at - b.at).map(({ packet }) => packet);
}
