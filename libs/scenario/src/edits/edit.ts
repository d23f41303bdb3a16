import type { Json, JsonObject } from '@callwright/kernel';
import type { Group, Note } from '../document.js';

export interface CanvasPlace {
  readonly x: number;
  readonly y: number;
}

/** A node that is to be. */
export interface NodeDraft {
  readonly type: string;
  readonly input?: JsonObject;
  readonly label?: string;
  readonly canvas?: CanvasPlace;
}

/** One change of a document, as data: the page, the API and the undo stack speak in these. */
export type Edit =
  | { readonly type: 'add-node'; readonly id: string; readonly node: NodeDraft }
  /** Its wires go, and those that lead to it. */
  | { readonly type: 'remove-node'; readonly id: string }
  /** Wires, paths and expressions (`steps.OLD`) follow. */
  | { readonly type: 'rename-node'; readonly id: string; readonly to: string }
  | { readonly type: 'move-nodes'; readonly places: Readonly<Record<string, CanvasPlace>> }
  | { readonly type: 'configure'; readonly id: string; readonly input: JsonObject }
  /** Null: none; the page then shows the id. */
  | { readonly type: 'set-label'; readonly id: string; readonly label: string | null }
  | { readonly type: 'wire'; readonly id: string; readonly outcome: string; readonly target: string }
  | { readonly type: 'unwire'; readonly id: string; readonly outcome: string }
  | { readonly type: 'set-initial'; readonly id: string }
  | { readonly type: 'rename-scenario'; readonly name: string }
  | { readonly type: 'set-scenario-id'; readonly id: string }
  | { readonly type: 'set-variables'; readonly variables: JsonObject }
  /** Where the call goes on after a hang-up; null: nowhere. */
  | { readonly type: 'set-hang-up-path'; readonly id: string | null }
  | { readonly type: 'set-error-path'; readonly id: string | null }
  /** A note, new or changed; null takes it away. */
  | { readonly type: 'set-note'; readonly id: string; readonly note: Note | null }
  /** A group, new or changed; its nodes leave the groups that they were in. Null takes the frame away, and leaves the nodes. */
  | { readonly type: 'set-group'; readonly id: string; readonly group: Group | null }
  /** States as they were copied; ids that are taken get a number, wires among them follow, others go. */
  | ({ readonly type: 'paste'; readonly by: CanvasPlace } & Copied)
  /** Puts back what another edit changed: every edit's inverse is one of these, and its own inverse is too. */
  | { readonly type: 'restore'; readonly changes: DocumentChanges };

/** A part of a drawing that was copied. */
export interface Copied {
  readonly states: Readonly<Record<string, JsonObject>>;
  readonly notes?: Readonly<Record<string, Note>> | undefined;
  readonly groups?: Readonly<Record<string, Group>> | undefined;
}

export interface DocumentChanges {
  /** Top-level parts but `states`; null: the part was not there. */
  readonly parts: Readonly<Record<string, Json | null>>;
  /** Null: the state was not there. */
  readonly states: Readonly<Record<string, JsonObject | null>>;
  /** The ids in their order, when that changed. */
  readonly order?: readonly string[];
}
