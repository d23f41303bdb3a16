/* The shapes of the contract, as a stranger would write them down after its text. Nothing here is taken from the product's code. */

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export interface ScenarioDocument {
  readonly id: string;
  readonly meta: { readonly format: 1; readonly name: string; readonly variables?: Record<string, unknown> };
  readonly initial: string;
  readonly on?: Record<string, string>;
  readonly states: Record<string, unknown>;
}

export interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly document: ScenarioDocument;
  readonly revision: number;
  readonly latestVersion: number | null;
}

export interface Call {
  readonly id: string;
  readonly scenarioId: string;
  readonly version: number | null;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly state: string;
  readonly cause: string | null;
  readonly node: string | null;
  readonly startedAt: string;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly path: readonly string[];
  readonly variables: Record<string, unknown>;
  readonly legs: readonly { name: string; state: string; uri: string; codec: string | null; onHold: boolean }[];
  readonly recordings: readonly { name: string; durationMs: number; node: string | null }[];
}

/** An event of the log, of the socket and of webhooks. */
export interface CallEvent {
  readonly name: string;
  readonly callId: string;
  readonly scenarioId: string;
  readonly version: number | null;
  readonly seq: number;
  readonly at: string;
  readonly [field: string]: unknown;
}

export interface Phone {
  readonly id: string;
  readonly username: string;
  readonly realm: string;
  readonly registered: readonly { contact: string; expiresAt: string }[];
}
