import { deepFreeze } from '@callwright/kernel';
import type { CallEvent } from '@callwright/runtime';
import { describe, expect, it } from 'vitest';
import { openRecord, recordWith } from '../calls/call-record.js';
import type { CallRow } from '../calls/call.entity.js';
import { Board, ROWS_SHOWN } from './board.js';

const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 10, 0, second)).toISOString();

/** Calls that tell what they do to a board, as the registry would. */
class Floor {
  readonly records = new Map<string, CallRow>();
  board = new Board([]);
  readonly happenings: Parameters<Board['hear']>[0][] = [];

  call(id: string, second = 0, scenarioId = 's1'): void {
    const record = openRecord({
      id,
      workspaceId: 'w',
      scenarioId,
      version: 1,
      direction: 'inbound',
      from: '+37060000001',
      to: '1000',
      number: '1000',
      startedAt: at(second),
      instanceId: 'i',
    });
    this.records.set(id, record);
    this.tell(
      id,
      { name: 'call.started', direction: 'inbound', from: record.from, to: record.to, parameters: {} },
      second,
    );
  }

  enter(id: string, node: string, second = 0): void {
    this.tell(id, { name: 'node.entered', node, type: 'say', config: {} }, second);
  }

  leave(id: string, node: string, outcome: string | null, second = 0): void {
    this.tell(id, { name: 'node.left', node, type: 'say', outcome, output: {}, durationMs: 1 }, second);
  }

  end(id: string, second = 0): void {
    this.tell(id, { name: 'call.ended', cause: 'normal', endedBy: 'caller', durationMs: 1 }, second);
  }

  private tell(id: string, fields: object, second: number): void {
    const before = this.records.get(id)!;
    const event = deepFreeze({
      ...fields,
      callId: id,
      scenarioId: before.scenarioId,
      version: 1,
      seq: 1,
      at: at(second),
    }) as unknown as CallEvent;
    const record = recordWith(before, event);
    this.records.set(id, record);
    this.happenings.push({ event, record });
    this.board.hear({ event, record });
  }
}

describe('a board of live calls', () => {
  it('adds up who stands where, and since when the longest', () => {
    const floor = new Floor();
    for (const id of ['a', 'b', 'c']) floor.call(id);
    floor.enter('a', 'menu', 1);
    floor.enter('b', 'menu', 2);
    floor.enter('c', 'bye', 3);
    expect(floor.board.frame(at(4))).toMatchObject({
      calls: 3,
      states: { incoming: 3 },
      nodes: [
        { scenarioId: 's1', node: 'menu', calls: 2, since: at(1) },
        { scenarioId: 's1', node: 'bye', calls: 1, since: at(3) },
      ],
    });
    floor.enter('a', 'bye', 5);
    expect(floor.board.frame(at(6)).nodes).toEqual([
      { scenarioId: 's1', node: 'menu', calls: 1, since: at(2) },
      { scenarioId: 's1', node: 'bye', calls: 2, since: at(3) },
    ]);
  });

  it('tells only what changed since the frame before', () => {
    const floor = new Floor();
    floor.call('a');
    floor.call('b');
    floor.board.frame(at(1));
    expect(floor.board.changed).toBe(false);
    floor.enter('b', 'menu', 2);
    const frame = floor.board.frame(at(3));
    expect(frame.rows).toEqual([expect.objectContaining({ id: 'b', node: 'menu', since: at(2) })]);
    expect(frame.gone).toEqual([]);
    floor.end('a', 4);
    expect(floor.board.frame(at(5))).toMatchObject({ calls: 1, rows: [], gone: ['a'] });
  });

  it('counts the outcomes that were taken, and not what was interrupted', () => {
    const floor = new Floor();
    for (const id of ['a', 'b', 'c']) {
      floor.call(id);
      floor.enter(id, 'dial');
    }
    floor.leave('a', 'dial', 'failed');
    floor.leave('b', 'dial', 'failed');
    floor.leave('c', 'dial', null);
    expect(floor.board.frame(at(1)).outcomes).toEqual([
      { scenarioId: 's1', node: 'dial', outcome: 'failed', calls: 2 },
    ]);
    expect(floor.board.frame(at(2)).outcomes).toEqual([]);
  });

  it('shows the newest calls, and lets an older one in when a newer one ends', () => {
    const floor = new Floor();
    for (let n = 0; n <= ROWS_SHOWN; n++) floor.call(`c${n}`, n);
    const first = floor.board.frame(at(1));
    expect(first.calls).toBe(ROWS_SHOWN + 1);
    expect(first.rows.map(({ id }) => id)).not.toContain('c0');
    expect(first.rows[0]!.id).toBe(`c${ROWS_SHOWN}`);
    floor.end('c5');
    expect(floor.board.frame(at(2))).toMatchObject({ gone: ['c5'], rows: [{ id: 'c0' }] });
  });

  it('put together from frames is what a new board would be', () => {
    const floor = new Floor();
    for (let n = 0; n < 20; n++) {
      floor.call(`c${n}`, n);
      if (n % 2 === 0) floor.enter(`c${n}`, `node_${n % 3}`, n);
      if (n % 5 === 0) floor.end(`c${n}`, n);
    }
    floor.board.frame(at(60));
    const picture = floor.board.picture(at(60));
    const anew = new Board(
      [...floor.records.values()].map((record) => ({
        record,
        since: picture.rows.find(({ id }) => id === record.id)?.since ?? record.startedAt,
      })),
    ).picture(at(60));
    expect(anew.rows).toEqual(picture.rows);
    expect(anew.states).toEqual(picture.states);
    const byNode = (nodes: typeof picture.nodes) => nodes.toSorted((a, b) => a.node.localeCompare(b.node));
    expect(byNode(anew.nodes)).toEqual(byNode(picture.nodes));
  });

  it('tells little, however many calls there are and however much they do', () => {
    const floor = new Floor();
    for (let n = 0; n < 1000; n++) floor.call(`c${n}`, n % 60);
    for (let round = 0; round < 3; round++)
      for (let n = 0; n < 1000; n++) floor.enter(`c${n}`, `node_${(n + round) % 40}`, round);
    const board = new Board([]);
    for (const [index, happening] of floor.happenings.entries()) {
      board.hear(happening);
      if (index % 500 > 0) continue;
      const frame = board.frame(at(1));
      expect(frame.rows.length).toBeLessThanOrEqual(ROWS_SHOWN);
      expect(JSON.stringify(frame).length).toBeLessThan(100_000);
    }
    expect(board.picture(at(1)).calls).toBe(1000);
  });
});
