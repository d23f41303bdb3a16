import { describe, expect, it } from 'vitest';
import { nodeTest } from '../testing/node-test.js';
import { waitForHangUp as definition } from './wait-for-hang-up.node.js';

const waitForHangUp = nodeTest(definition);

describe('wait-for-hang-up', () => {
  it('ends with the call', async () => {
    await waitForHangUp({}).wait(7_200_000).hangUp().expectInterrupted();
  });

  it('waits no longer than it is told', async () => {
    await waitForHangUp({ maxMs: 30_000 })
      .afterwards(({ clock }) => expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:30Z')))
      .expectOutcome('timeout');
  });
});
