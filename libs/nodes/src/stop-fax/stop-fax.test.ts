import { describe, expect, it } from 'vitest';
import { nodeTest } from '../testing/node-test.js';
import { stopFax as definition } from './stop-fax.node.js';

const stopFax = nodeTest(definition);

describe('stop-fax', () => {
  it('stops the fax that runs, and says how far it came', async () => {
    const { output } = await stopFax({})
      .given(async ({ call, caller, wait }) => {
        caller.faxMachine = {};
        await call.caller.sendFax({ document: 'offer', options: {} });
        await wait(20_000);
      })
      .afterwards(({ call }) => expect(call.caller.fax?.state).toBe('idle'))
      .expectOutcome('stopped');
    expect(output).toMatchObject({ outcome: 'aborted', cause: 'ABORTED', pages: 0, firstUnsentPage: 1 });
  });

  it('does nothing when there is none', async () => {
    await stopFax({}).expectOutcome('stopped', { pages: 0 });
  });
});
