import { describe, expect, it } from 'vitest';
import { nodeTest } from '../testing/node-test.js';
import { receiveFax as definition } from './receive-fax.node.js';

const receiveFax = nodeTest(definition);

describe('receive-fax', () => {
  it('keeps what comes under the date, the time and the caller', async () => {
    const { output } = await receiveFax({})
      .given(({ caller }) => void (caller.faxMachine = { pages: 2 }))
      .wait(71_000)
      .hangUp()
      .expectOutcome('received');
    expect(output).toMatchObject({
      cause: 'NORMAL',
      document: 'fax-20260302-100000-37060000001',
      pages: 2,
      totalPages: null,
    });
  });

  it('keeps the pages that came when it breaks off', async () => {
    const { output } = await receiveFax({ document: 'in' })
      .given(({ caller }) => void (caller.faxMachine = { pages: 3, failsAfter: 2 }))
      .expectOutcome('partly-received');
    expect(output).toMatchObject({ document: 'in', pages: 2, cause: 'COMMSFAULT' });
  });

  it('goes on with the call when the far end stays', async () => {
    await receiveFax({ waitForHangUpMs: 2_000 })
      .given(({ caller }) => void (caller.faxMachine = {}))
      .afterwards(({ clock }) => expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:41Z')))
      .expectOutcome('received');
  });

  it('needs an answered call', async () => {
    await receiveFax({}).notAnswered().expectFailure('call.not-answered');
  });
});
