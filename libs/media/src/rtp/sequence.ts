/** How far `to` is ahead of `from` on a 16-bit circle: -32768 … 32767 (RFC 1982). */
export const sequenceDistance = (from: number, to: number): number => ((to - from) << 16) >> 16;

/** How far `to` is ahead of `from` on a 32-bit circle: -2^31 … 2^31 - 1. */
export const timestampDistance = (from: number, to: number): number => (to - from) | 0;
