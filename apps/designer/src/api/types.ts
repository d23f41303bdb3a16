import type { Json, JsonObject } from '@callwright/kernel';
import type { CallCause, CallState, LegState } from '@callwright/channel-contract';
import type { NameKind } from '@callwright/nodes';
import type { ScenarioTest } from '@callwright/runtime/rehearsal';
import type { ScenarioDocument, Finding } from '@callwright/scenario';

/** Every list of the API: newest first. `next` is the cursor of the next page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Every stored object. */
export interface Stored {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const ROLES = ['viewer', 'editor', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
  readonly workspaceId: string;
}
export interface User extends Stored {
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
  readonly disabled: boolean;
}
export interface Token extends Stored {
  readonly name: string;
  readonly role: Role;
  readonly scopes?: readonly string[];
  readonly expiresAt?: string | null;
  /** Only in the answer to its creation. */
  readonly token?: string;
}

export interface ScenarioSummary extends Stored {
  readonly name: string;
  readonly revision: number;
  readonly latestVersion: number | null;
}
export interface ScenarioItem extends ScenarioSummary {
  /** The name for `subflow` and `scenario:ID`. */
  readonly documentId: string;
}
export interface Scenario extends ScenarioSummary {
  readonly document: ScenarioDocument;
}
export interface VersionItem {
  readonly version: number;
  /** Empty: none was given. */
  readonly comment: string;
  readonly publishedAt: string;
  /** Email or token name. */
  readonly publishedBy: string;
}
export interface ScenarioVersion extends VersionItem {
  readonly document: ScenarioDocument;
}
/** A test that is kept with its scenario. */
export interface StoredTest extends Stored {
  readonly scenarioId: string;
  readonly test: ScenarioTest;
}
export interface ValidationReply {
  readonly findings: readonly Finding[];
}

export interface NumberBinding extends Stored {
  readonly pattern: string;
  readonly scenarioId: string;
  /** `draft`: a test number, at which what is being drawn answers. */
  readonly version: 'latest' | 'draft' | number;
  /** By name. */
  readonly environment: string;
}
export interface Environment extends Stored {
  readonly name: string;
  readonly title: string;
  /** Whether the newest version runs by itself, or only one that somebody promoted. */
  readonly releases: 'automatic' | 'promoted';
  /** What names stand for, by their kind. */
  readonly bindings: Readonly<Partial<Record<NameKind, Readonly<Record<string, string>>>>>;
}
/** A name of a version, and what it means in an environment. */
export interface NameReadiness {
  readonly kind: NameKind;
  readonly name: string;
  readonly standsFor: string;
  readonly bound: boolean;
  readonly missing: boolean;
  readonly reason: 'not-there' | 'not-released' | null;
  readonly nodes: readonly string[];
}
export interface Promotion extends Stored {
  readonly scenarioId: string;
  readonly version: number;
  readonly comment: string;
  readonly promotedBy: string;
}
export interface Phone extends Stored {
  readonly username: string;
  readonly displayName: string;
  readonly realm: string;
  readonly registered: readonly { readonly contact: string; readonly expiresAt: string }[];
}
export interface Trunk extends Stored {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly username: string | null;
  readonly register: boolean;
  readonly sources: readonly string[];
  readonly prefixes: readonly string[];
  readonly maxCalls: number | null;
  readonly state: 'unregistered' | 'registered' | 'failed' | 'static';
  readonly reason?: string | null;
}
/** What limits outbound calls; a figure that is missing limits nothing. */
export interface LimitFigures {
  readonly callsPerSecond?: number;
  readonly concurrentCalls?: number;
  readonly minutesPerDay?: number;
}
export interface Limits extends Required<LimitFigures> {
  readonly outboundPrefixes: readonly string[];
  readonly deniedPrefixes: readonly string[];
  readonly sipHosts: readonly string[];
  /** Closer ones, of a scenario or a trunk. */
  readonly scenarios: readonly ({ readonly scenarioId: string } & LimitFigures)[];
  readonly trunks: readonly ({ readonly trunkId: string } & LimitFigures)[];
}
/** Who needs a thing of the workspace, as `/api/uses` tells it. */
export type NeededBy =
  | {
      readonly kind: 'scenario';
      readonly id: string;
      readonly name: string;
      readonly draft: boolean;
      readonly versions: readonly number[];
      readonly nodes: readonly string[];
    }
  | { readonly kind: 'number'; readonly id: string; readonly name: string };
export interface Uses {
  readonly kind: NameKind;
  readonly name: string;
  readonly users: readonly NeededBy[];
}
export interface Schedule extends Stored {
  readonly name: string;
  readonly schedule: JsonObject;
}
export interface Secret extends Stored {
  readonly name: string;
}
export interface Media extends Stored {
  readonly name: string;
  readonly contentType: string;
  readonly durationMs: number;
  readonly bytes: number;
}
/** Somebody who can speak here. */
export interface Voice {
  readonly name: string;
  readonly language: string;
  readonly engine: string;
}
export interface Webhook extends Stored {
  readonly url: string;
  readonly events: readonly string[];
  /** Only in the answer to its creation. */
  readonly secret?: string;
}

export interface CallLeg {
  readonly name: string;
  readonly state: LegState;
  readonly uri: string;
  readonly codec: string | null;
  readonly onHold: boolean;
}
export interface Recording {
  readonly name: string;
  readonly durationMs: number;
  readonly node: string | null;
}
export interface CallSummary {
  readonly id: string;
  readonly scenarioId: string | null;
  /** 0: the draft, by a test number. */
  readonly version: number | null;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly state: CallState;
  readonly cause: CallCause | null;
  readonly node: string | null;
  /** The last node that it came to while the caller was there. */
  readonly lastNode: string | null;
  readonly startedAt: string;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly recordings: readonly Recording[];
}
export interface Call extends CallSummary {
  readonly path: readonly string[];
  readonly variables: JsonObject;
  readonly legs: readonly CallLeg[];
}

/** The ways of many calls, as `/api/calls/paths` counts them. */
export interface CallPaths {
  readonly calls: number;
  readonly answered: number;
  readonly causes: readonly { readonly cause: CallCause | null; readonly calls: number }[];
  readonly nodes: readonly {
    readonly node: string;
    readonly visits: number;
    readonly averageMs: number;
    readonly outcomes: readonly { readonly outcome: string | null; readonly visits: number }[];
    readonly ended: number;
    readonly hungUp: number;
  }[];
}

/** One entry of a call's event log as it comes over the wire: the envelope, and the fields of its name. */
export interface LoggedEvent {
  readonly name: string;
  readonly callId: string;
  readonly scenarioId: string | null;
  readonly version: number | null;
  readonly seq: number;
  readonly at: string;
  readonly [field: string]: Json | undefined;
}

/** A message of a call's signalling; what is secret in it is masked. */
export interface SipMessage {
  readonly at: string;
  /** Seen from us. */
  readonly direction: 'in' | 'out';
  readonly leg: string;
  readonly dialog: string;
  readonly transport: 'udp' | 'tcp';
  readonly remote: string;
  readonly text: string;
}

export interface Feature {
  readonly available: boolean;
  readonly reason?: string | null;
}
export interface Version {
  readonly version: string;
  readonly commit: string | null;
  readonly node: string;
  readonly telephony: string;
  /** Where phones register: `HOST:PORT`. */
  readonly sip: string;
  readonly features: Readonly<Record<string, Feature>>;
}

/** One call on a board. */
export interface BoardRow {
  readonly id: string;
  readonly scenarioId: string | null;
  readonly version: number | null;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly state: CallState;
  readonly node: string | null;
  /** When it came to its node. */
  readonly since: string;
  readonly startedAt: string;
  readonly answeredAt: string | null;
}
export interface BoardNode {
  readonly scenarioId: string;
  readonly node: string;
  readonly calls: number;
  /** Since when the one that has been there longest is there; null: nobody is there. */
  readonly since: string | null;
}
export interface BoardOutcome {
  readonly scenarioId: string;
  readonly node: string;
  readonly outcome: string;
  readonly calls: number;
}
/** All live calls added up; the newest of them one by one. */
export interface BoardPicture {
  readonly at: string;
  readonly calls: number;
  readonly states: Readonly<Partial<Record<CallState, number>>>;
  readonly nodes: readonly BoardNode[];
  readonly rows: readonly BoardRow[];
}
/** What changed since the frame before. */
export interface BoardFrame extends BoardPicture {
  /** Whose board; null: everybody's. */
  readonly scenario: string | null;
  readonly gone: readonly string[];
  readonly outcomes: readonly BoardOutcome[];
}

export interface LegQuality {
  readonly leg: string;
  readonly codec: string | null;
  readonly packetsSent: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
}
/** The calls of the last minutes, added up. */
export interface CallFigures {
  readonly since: string;
  readonly calls: number;
  readonly answered: number;
  readonly talkMs: number | null;
  readonly causes: readonly { readonly cause: CallCause; readonly calls: number }[];
  readonly scenarios: readonly { readonly scenarioId: string; readonly calls: number; readonly answered: number }[];
  readonly minutes: readonly { readonly minute: string; readonly calls: number; readonly answered: number }[];
}
export interface WebhookDelivery {
  readonly id: string;
  readonly event: string;
  readonly callId: string | null;
  readonly state: 'waiting' | 'delivered' | 'given-up';
  readonly attempts: number;
  readonly error: string | null;
  readonly createdAt: string;
  readonly at: string;
  readonly dueAt: string | null;
}
export interface AuditItem extends Stored {
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}
