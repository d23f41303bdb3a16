export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the same work costs elsewhere, in the same unit. */
  readonly peer?: { readonly name: string; readonly value: number } | undefined;
}

/** Within two minutes in all, at the price of noise. */
export const QUICK = process.env['BENCH_QUICK'] === '1';

/** One line a figure: `bench NAME value unit (ratio R to PEER)`. What could not be measured is said, and is no figure. */
export function report({ name, value, unit, peer }: Figure): void {
  if (!Number.isFinite(value)) return console.error(`${name}: not measured, no level was reached`);
  const compared = peer && Number.isFinite(peer.value) && peer.value > 0;
  const ratio = compared ? ` (ratio ${short(value / peer.value)} to ${peer.name})` : '';
  console.log(`bench ${name} ${short(value)} ${unit}${ratio}`);
}

const short = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
