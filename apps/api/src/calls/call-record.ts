import { deepFreeze, type JsonObject } from '@callwright/kernel';
import type { CallEvent } from '@callwright/runtime';
import type { CallRow, LegRecord } from './call.entity.js';

/** A long loop must not grow the record without end; the event log has all of it. */
const LONGEST_PATH = 2000;

type Opening = Pick<
  CallRow,
  'id' | 'workspaceId' | 'scenarioId' | 'version' | 'direction' | 'from' | 'to' | 'number' | 'startedAt' | 'instanceId'
>;

/** What a call begins with: the legs that it has, and the variables of its scenario. */
interface Beginning {
  readonly legs?: readonly LegRecord[];
  readonly variables?: JsonObject;
}

export function openRecord(opening: Opening, { legs = [], variables = {} }: Beginning = {}): CallRow {
  return {
    ...opening,
    createdAt: opening.startedAt,
    updatedAt: opening.startedAt,
    state: opening.direction === 'inbound' ? 'incoming' : 'calling',
    cause: null,
    endedBy: null,
    node: null,
    lastNode: null,
    answeredAt: null,
    endedAt: null,
    durationMs: null,
    path: [],
    variables: deepFreeze({ ...variables }),
    legs: [...legs],
    recordings: [],
  };
}

/** What one more event makes of the record (CDR). Folding the whole log over an opened record gives the record again. */
export function recordWith(record: CallRow, event: CallEvent): CallRow {
  return { ...record, ...changesOf(record, event), updatedAt: event.at };
}

function changesOf(record: CallRow, event: CallEvent): Partial<CallRow> {
  switch (event.name) {
    case 'call.state-changed':
      return { state: event.to };
    case 'call.answered':
      return event.leg === 'caller' && record.answeredAt === null ? { answeredAt: event.at } : {};
    case 'leg.added':
      return { legs: withNewLeg(record.legs, event.leg, event.uri) };
    case 'leg.state-changed':
      return { legs: withLeg(record.legs, event.leg, { state: event.to, onHold: event.to === 'held' }) };
    case 'leg.ended':
      return { legs: withLeg(record.legs, event.leg, { state: 'ended', onHold: false }) };
    case 'node.entered':
      return {
        node: event.node,
        ...(record.state === 'ended' ? {} : { lastNode: event.node }),
        ...(record.path.length < LONGEST_PATH ? { path: [...record.path, event.node] } : {}),
      };
    case 'variables.changed':
      return { variables: { ...record.variables, ...event.changes } };
    case 'recording.ended':
      return {
        recordings: [...record.recordings, { name: event.recording, durationMs: event.durationMs, node: event.node }],
      };
    case 'call.ended':
      return {
        state: 'ended',
        cause: event.cause,
        endedBy: event.endedBy,
        endedAt: event.at,
        durationMs: event.durationMs,
      };
    case 'run.ended':
      return { node: null };
    default:
      return {};
  }
}

/** The record may know it already: a call is opened with the legs that it has. */
function withNewLeg(legs: readonly LegRecord[], name: string, uri: string): LegRecord[] {
  const living = legs.some((leg) => leg.name === name && leg.state !== 'ended');
  if (living) return withLeg(legs, name, { uri });
  return [...legs, { name, state: 'calling', uri, codec: null, onHold: false }];
}

/** The last leg of that name is the living one. */
function withLeg(legs: readonly LegRecord[], name: string, change: Partial<LegRecord>): LegRecord[] {
  const index = legs.findLastIndex((leg) => leg.name === name);
  return legs.map((leg, at) => (at === index ? { ...leg, ...change } : leg));
}
