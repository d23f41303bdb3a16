import type { FaxDirection, FaxOptionsGiven, FaxResult, FaxSettings, FaxState } from '@callwright/fax';

export interface FaxRequest {
  /** Name of the document: the one that is sent, or the one that is made of what comes. */
  readonly document: string;
  /** Options by name (`FAX_OPTIONS`); one at fault ends the job at once, with the cause that says so. */
  readonly options: FaxOptionsGiven;
}

/** How far a fax has come. */
export interface FaxProgress {
  readonly negotiated: FaxSettings | null;
  /** Pages that were confirmed, or received, so far. */
  readonly pages: number;
  /** No more pages will be handled; this does not say that all went well. */
  readonly lastPage: boolean;
}

/** A fax that is under way on a leg, or was: the job may outlive the step of a scenario that began it. */
export interface FaxJob {
  readonly direction: FaxDirection;
  readonly state: FaxState;
  readonly progress: FaxProgress;
  /** What became of it; never rejects. */
  readonly result: Promise<FaxResult>;
  /** What the two machines agreed upon; null when they did not, or when the signal came first. */
  negotiated(signal: AbortSignal): Promise<FaxSettings | null>;
  /** Resolves with the number of pages so far when another is complete, when there will be none any more, or when the signal comes. */
  nextPage(signal: AbortSignal): Promise<number>;
  /** Ends it within 100 ms, with the cause `ABORTED`. One that has ended stays as it is. */
  stop(): Promise<FaxResult>;
}

/** What tells a fax machine: the tone of one that calls, the tone of one that answers, or the wish to go over to T.38. */
export const FAX_TONES = ['cng', 'ced', 't38'] as const;
export type FaxTone = (typeof FAX_TONES)[number];

/** The fax documents of a workspace, as an adapter needs them. */
export interface FaxStore {
  /** A TIFF file that goes on the line as it is. Rejects with `fax.document-not-found` (kind `input`), `fax.bad-document`. */
  open(request: { workspaceId: string; callId: string; document: string }): Promise<{ path: string; pages: number }>;
  /** Where to write what comes; `document` is the name that it got, since another one may have the name already. */
  begin(request: {
    workspaceId: string;
    callId: string;
    document: string;
  }): Promise<{ document: string; path: string }>;
  /** What came is complete, as far as it came; without a page nothing is kept. */
  commit(request: { workspaceId: string; callId: string; document: string; pages: number }): Promise<void>;
}
