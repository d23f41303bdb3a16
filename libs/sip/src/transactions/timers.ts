/** Base values of RFC 3261 section 17.1.1.1 and table 4, in ms. */
export interface TimerValues {
  /** Estimate of a round trip. */
  readonly t1: number;
  /** Longest interval between two sends of a request that is no INVITE, and of an INVITE response. */
  readonly t2: number;
  /** How long a message may live in the network. */
  readonly t4: number;
}

export const RFC_TIMERS: TimerValues = { t1: 500, t2: 4000, t4: 5000 };

/** Every timer of the transaction layer, and why it exists. */
export const TIMER_REASONS = {
  A: 'INVITE client: send the INVITE again, doubling, until anything comes back (unreliable transports)',
  B: 'INVITE client: nothing came back at all, the far end is not there',
  D: 'INVITE client: answer repeated final responses with ACK for as long as they may come',
  E: 'client: send the request again, doubling up to T2 (unreliable transports)',
  F: 'client: no final response came',
  G: 'INVITE server: send the final response again until its ACK comes (unreliable transports)',
  H: 'INVITE server: the ACK never came',
  I: 'INVITE server: swallow ACKs that are still on their way',
  J: 'server: answer repeated requests with the same response for as long as they may come',
  K: 'client: swallow repeated responses',
  L: 'INVITE server, RFC 6026: a repeated INVITE after our 2xx is the same call',
  M: 'INVITE client, RFC 6026: every 2xx of a forked or repeating far end reaches the owner, who sends the ACK',
} as const;

export type TimerName = keyof typeof TIMER_REASONS;

/** When a timer fires after it was started, in ms; `fired` counts how often it fired before. Null: it is not used here. */
export type TimerRule = (values: TimerValues, reliable: boolean, fired: number) => number | null;

export const TIMER_RULES: Readonly<Record<TimerName, TimerRule>> = {
  A: ({ t1 }, reliable, fired) => (reliable ? null : t1 * 2 ** fired),
  B: ({ t1 }) => 64 * t1,
  D: (_, reliable) => (reliable ? 0 : 32_000),
  E: ({ t1, t2 }, reliable, fired) => (reliable ? null : Math.min(t1 * 2 ** fired, t2)),
  F: ({ t1 }) => 64 * t1,
  G: ({ t1, t2 }, reliable, fired) => (reliable ? null : Math.min(t1 * 2 ** fired, t2)),
  H: ({ t1 }) => 64 * t1,
  I: ({ t4 }, reliable) => (reliable ? 0 : t4),
  J: ({ t1 }, reliable) => (reliable ? 0 : 64 * t1),
  K: ({ t4 }, reliable) => (reliable ? 0 : t4),
  L: ({ t1 }) => 64 * t1,
  M: ({ t1 }) => 64 * t1,
};
