import { useSyncExternalStore } from 'react';

/** One clock for each pace, however many look at it: hundreds of rows tick together. */
interface Ticker {
  now: number;
  readonly listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | null;
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => number;
}
const tickers = new Map<number, Ticker>();

function tickerOf(everyMs: number): Ticker {
  const known = tickers.get(everyMs);
  if (known) return known;
  const ticker: Ticker = {
    now: Date.now(),
    listeners: new Set(),
    timer: null,
    subscribe: (listener) => {
      ticker.listeners.add(listener);
      ticker.timer ??= setInterval(() => {
        ticker.now = Date.now();
        for (const tell of ticker.listeners) tell();
      }, everyMs);
      return () => {
        ticker.listeners.delete(listener);
        if (ticker.listeners.size > 0 || ticker.timer === null) return;
        clearInterval(ticker.timer);
        ticker.timer = null;
      };
    },
    read: () => {
      // Nobody has looked for a while: it starts from now.
      if (ticker.timer === null && Date.now() - ticker.now > everyMs) ticker.now = Date.now();
      return ticker.now;
    },
  };
  tickers.set(everyMs, ticker);
  return ticker;
}

/** The present moment in ms, again every `everyMs`. */
export function useNow(everyMs: number): number {
  const { subscribe, read } = tickerOf(everyMs);
  return useSyncExternalStore(subscribe, read);
}
