import type { FaxOption } from '../options/options.js';
import type { FaxCause, FaxOutcome } from './causes.js';

export type FaxDirection = 'send' | 'receive';

/** What the two machines agreed upon (T.30 DCS). */
export interface FaxSettings {
  /** `T.30`: over audio; `T.38`: over UDPTL. */
  readonly standard: 'T.30' | 'T.38';
  /** Of the pages, in bit/s. */
  readonly bitRate: number;
  /** Error correction mode: what was damaged on the way is sent again. */
  readonly ecm: boolean;
  readonly compression: string;
  /** Pixels an inch, across and down: `204x196`. */
  readonly resolution: string;
  /** What the far end calls itself; empty when it says nothing. */
  readonly remoteIdent: string;
}

/** One page that was sent or received. */
export interface FaxPage {
  /** Of the document, from 1. */
  readonly page: number;
  readonly bitRate: number;
  readonly ecm: boolean;
  readonly compression: string;
  readonly resolution: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** On the line, in bytes. */
  readonly bytes: number;
  /** Rows that came damaged (without error correction), and the longest run of them. */
  readonly badRows: number;
  readonly longestBadRun: number;
  /** Times that parts were sent again (with error correction). */
  readonly retries: number;
  /** Share of good rows, 0 … 1; 1 for pages that we sent. */
  readonly quality: number;
}

/** One T.30 message on the line. */
export interface FaxSignal {
  readonly from: 'us' | 'them';
  /** `DIS`, `DCS`, `CFR`, … */
  readonly signal: string;
  /** What it says, for a person. */
  readonly meaning: string;
}

/** How a fax ended. */
export interface FaxResult {
  readonly direction: FaxDirection;
  readonly outcome: FaxOutcome;
  readonly cause: FaxCause;
  /** What happened, for a person. */
  readonly explanation: string;
  /** What to try; empty when there is nothing to be done. */
  readonly advice: string;
  /** Null when it never came to a connection. */
  readonly standard: 'T.30' | 'T.38' | null;
  /** Name of the document. */
  readonly document: string;
  /** Pages that were confirmed, or received. */
  readonly pages: number;
  /** Of the document, or of the part of it that was to be sent; null for a document that was received. */
  readonly totalPages: number | null;
  /** The page of the document to go on with; null when there is none. */
  readonly firstUnsentPage: number | null;
  readonly negotiated: FaxSettings | null;
  readonly pageDetails: readonly FaxPage[];
  /** The options that it was done with. */
  readonly options: Readonly<Partial<Record<FaxOption, string>>>;
  /** The options that were refused, as they were given. */
  readonly failedOption: Readonly<Record<string, string>> | null;
  /** The library's own code and words; null when it did not come to that. */
  readonly rawCause: { readonly code: number; readonly text: string } | null;
  readonly durationMs: number;
}

/** Whether the far end's machine has everything that it should have. */
export const isComplete = (outcome: FaxOutcome): boolean => outcome === 'sent' || outcome === 'received';
