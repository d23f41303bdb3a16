import type { LegName } from './words.js';

/** One message of a call's signalling, as a person may read it: credentials, media keys and digits are masked. */
export interface SignallingMessage {
  /** When it was heard, or handed to the socket, in ms since the epoch. */
  readonly at: number;
  readonly direction: 'in' | 'out';
  readonly leg: LegName;
  /** Call-ID of its dialog: a leg that rings several phones has several. */
  readonly dialog: string;
  readonly transport: 'udp' | 'tcp';
  /** `address:port` of the far end. */
  readonly remote: string;
  readonly text: string;
}
