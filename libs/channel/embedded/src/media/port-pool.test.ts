import { describe, expect, it } from 'vitest';
import { PortPool } from './port-pool.js';

describe('PortPool', () => {
  it('gives even ports whose odd neighbour is in the range too', () => {
    const pool = new PortPool(10_001, 10_006);
    expect(pool.free).toBe(2);
    expect([pool.take(), pool.take(), pool.take()]).toEqual([10_002, 10_004, undefined]);
    expect(pool.free).toBe(0);
  });

  it('gives out last what came back last', () => {
    const pool = new PortPool(100, 105);
    const first = pool.take()!;
    pool.giveBack(first);
    expect([pool.take(), pool.take(), pool.take()]).toEqual([102, 104, 100]);
  });

  it('loses and doubles none in 100,000 calls', () => {
    const pool = new PortPool(10_000, 20_000);
    const held: number[] = [];
    for (let n = 0; n < 100_000; n++) {
      if (n % 3 < 2) held.push(pool.take()!);
      else if (held.length > 0) pool.giveBack(held.splice((n * 7919) % held.length, 1)[0]!);
      if (held.length > 4000) for (const port of held.splice(0)) pool.giveBack(port);
    }
    expect(new Set(held).size).toBe(held.length);
    expect(pool.free + held.length).toBe(5000);
  });
});
