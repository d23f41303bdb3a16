/** Seconds between the epochs of NTP (1900) and Unix (1970). */
const NTP_EPOCH_SECONDS = 2_208_988_800;

export interface NtpTime {
  readonly seconds: number;
  readonly fraction: number;
}

/** NTP time of a Unix time in ms (RFC 3550 section 4). */
export function ntpTime(unixMs: number): NtpTime {
  const seconds = Math.floor(unixMs / 1000);
  return {
    seconds: (seconds + NTP_EPOCH_SECONDS) >>> 0,
    fraction: Math.floor(((unixMs - seconds * 1000) / 1000) * 0x1_0000_0000) >>> 0,
  };
}

/** The middle 32 bits of an NTP time: what LSR and the round trip count in (1/65536 s). */
export const compactNtp = ({ seconds, fraction }: NtpTime): number =>
  (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0;

/**
 * Round trip in ms from a report block about us (RFC 3550 section 6.4.1), or null when the far end has not heard a report of
 * ours yet. `now` is compact NTP time of the block's arrival.
 */
export function roundTripMs(now: number, lastSenderReport: number, delaySinceLastSenderReport: number): number | null {
  if (lastSenderReport === 0) return null;
  const trip = (now - lastSenderReport - delaySinceLastSenderReport) | 0;
  // Clocks that step, or a far end that invents: better nothing than a lie.
  return trip < 0 || trip > 60 * 65_536 ? null : (trip * 1000) / 65_536;
}
