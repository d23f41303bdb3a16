/** The payload of an event packet (RFC 4733 section 2.3). */
export interface TelephoneEvent {
  /** 0 … 15 are keys; others (flash, fax tones) exist. */
  readonly event: number;
  readonly end: boolean;
  /** Of the tone it stands for, in -dBm0: 0 … 63. */
  readonly volume: number;
  /** In samples, 0 … 65535. */
  readonly duration: number;
}

export const TELEPHONE_EVENT_BYTES = 4;

/** Null for a payload that is too short to be one. */
export function readTelephoneEvent(bytes: Uint8Array, start: number, end: number): TelephoneEvent | null {
  if (end - start < TELEPHONE_EVENT_BYTES) return null;
  const flags = bytes[start + 1]!;
  return {
    event: bytes[start]!,
    end: (flags & 0x80) !== 0,
    volume: flags & 0x3f,
    duration: (bytes[start + 2]! << 8) | bytes[start + 3]!,
  };
}

export function writeTelephoneEvent(into: Uint8Array, at: number, value: TelephoneEvent): void {
  into[at] = value.event;
  into[at + 1] = (value.end ? 0x80 : 0) | (value.volume & 0x3f);
  into[at + 2] = value.duration >>> 8;
  into[at + 3] = value.duration;
}
