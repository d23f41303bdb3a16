import type { Namespace, Socket } from 'socket.io';
import type { Principal } from '../auth/principal.js';
import { mayActAs } from '../auth/roles.js';
import { newId } from '../platform/ids.js';
import type { Editing } from './live.schemas.js';

/** Somebody who has a scenario open. */
export interface EditorPresent {
  /** Of this one window: a person may have several. */
  readonly id: string;
  readonly name: string;
  /** The nodes that they have selected. */
  readonly selection: readonly string[];
  readonly mayEdit: boolean;
}

interface Place {
  readonly scenarioId: string;
  readonly editor: EditorPresent;
}

/**
 * Who has which scenario open. It is kept on the sockets themselves and nowhere else: a socket that dies takes its editor along, and
 * with several processes everybody is found through the adapter.
 */
export class Presence {
  constructor(private readonly namespace: Namespace) {}

  /** Opens a scenario, or says what is selected in it now. One socket has one scenario open. */
  async edit(socket: Socket, who: Principal, { scenario, selection }: Editing): Promise<object> {
    const before = placeOf(socket);
    if (before && before.scenarioId !== scenario) await this.leave(socket, who);
    const editor: EditorPresent = {
      id: before?.editor.id ?? newId(),
      name: who.label,
      selection,
      mayEdit: mayActAs(who.role, 'editor'),
    };
    (socket.data as { place?: Place }).place = { scenarioId: scenario, editor };
    await socket.join(roomOf(who.workspaceId, scenario));
    const editors = await this.#tell(who.workspaceId, scenario);
    return { ok: true, me: editor.id, editors };
  }

  async leave(socket: Socket, who: Principal): Promise<object> {
    const place = placeOf(socket);
    if (place) {
      delete (socket.data as { place?: Place }).place;
      await socket.leave(roomOf(who.workspaceId, place.scenarioId));
      await this.#tell(who.workspaceId, place.scenarioId);
    }
    return { ok: true };
  }

  saved(workspaceId: string, scenarioId: string, revision: number, by: string, at: string): void {
    const event = { name: 'draft.saved', scenarioId, revision, by, at };
    this.namespace.to(roomOf(workspaceId, scenarioId)).emit(event.name, event);
  }

  async #tell(workspaceId: string, scenarioId: string): Promise<readonly EditorPresent[]> {
    const room = roomOf(workspaceId, scenarioId);
    const sockets = await this.namespace.in(room).fetchSockets();
    const editors = sockets.flatMap((socket) => {
      const place = placeOf(socket);
      return place?.scenarioId === scenarioId ? [place.editor] : [];
    });
    const event = { name: 'editors.changed', scenarioId, editors };
    this.namespace.to(room).emit(event.name, event);
    return editors;
  }
}

const placeOf = ({ data }: { data: unknown }): Place | undefined => (data as { place?: Place }).place;

const roomOf = (workspaceId: string, scenarioId: string) => `${workspaceId} editors ${scenarioId}`;
