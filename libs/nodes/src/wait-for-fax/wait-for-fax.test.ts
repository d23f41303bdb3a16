import { describe, expect, it } from 'vitest';
import { nodeTest, type Stage } from '../testing/node-test.js';
import { waitForFax as definition } from './wait-for-fax.node.js';

const waitForFax = nodeTest(definition);

/** A fax of two pages is on its way to a machine. */
const sending =
  (machine: object = {}) =>
  async ({ call, caller }: Stage) => {
    caller.faxMachine = machine;
    await call.caller.receiveFax({ document: 'in', options: {} });
  };

describe('wait-for-fax', () => {
  it('waits for what the machines agree upon', async () => {
    const { output } = await waitForFax({ until: 'negotiated' }).given(sending()).expectOutcome('negotiated');
    expect(output).toMatchObject({ pages: 0, negotiated: { standard: 'T.38', bitRate: 14_400 } });
  });

  it('says when they do not agree', async () => {
    const { output } = await waitForFax({ until: 'negotiated' })
      .given(async ({ call }) => void (await call.caller.receiveFax({ document: 'in', options: {} })))
      .expectOutcome('negotiation-failed');
    expect(output).toMatchObject({ cause: 'NOTFAX', negotiated: null });
  });

  it('gives one page after the other, then that there are no more', async () => {
    const twoPages = sending({ pages: 2 });
    await waitForFax({ until: 'page' })
      .given(twoPages)
      .afterwards(({ clock }) => expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:38Z')))
      .expectOutcome('page');
    await waitForFax({ until: 'page' })
      .given(twoPages)
      .given(({ wait }) => wait(80_000))
      .expectOutcome('finished');
  });

  it('waits no longer than it is told, and the fax goes on', async () => {
    await waitForFax({ timeoutMs: 5_000 })
      .given(sending())
      .afterwards(({ call }) => expect(call.caller.fax?.state).toBe('receiving'))
      .expectOutcome('timeout', { pages: 0, lastPage: false, negotiated: null });
  });

  it('gives the end of the fax, also when the far end hangs up', async () => {
    await waitForFax({}).given(sending()).expectOutcome('received');
    const { output } = await waitForFax({})
      .given(sending({ pages: 2 }))
      .wait(50_000)
      .hangUp()
      .expectOutcome('partly-received');
    expect(output).toMatchObject({ cause: 'HANGUP', pages: 1 });
    await waitForFax({ until: 'page' }).given(sending()).wait(20_000).hangUp().expectOutcome('finished');
  });

  it('needs a fax', async () => {
    await waitForFax({}).expectFailure('fax.none');
  });
});
