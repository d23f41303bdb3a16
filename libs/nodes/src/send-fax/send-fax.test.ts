import { describe, expect, it } from 'vitest';
import { nodeTest } from '../testing/node-test.js';
import { sendFax as definition } from './send-fax.node.js';

const sendFax = nodeTest(definition);
const document = 'offer';

describe('send-fax', () => {
  it('sends the document, and waits for the receiver to hang up', async () => {
    const { output } = await sendFax({ document, options: { LocalIdent: '+370 1' } })
      .given(({ caller }) => void (caller.faxMachine = { ident: '+370 2' }))
      .wait(39_000)
      .wait(4_000)
      .hangUp()
      .afterwards(({ clock }) => expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:43Z')))
      .expectOutcome('sent');
    expect(output).toMatchObject({
      cause: 'NORMAL',
      pages: 1,
      totalPages: 1,
      firstUnsentPage: null,
      standard: 'T.38',
      negotiated: { bitRate: 14_400, remoteIdent: '+370 2' },
      options: { LocalIdent: '+370 1' },
      pageDetails: [{ page: 1 }],
    });
  });

  it('does not wait for ever, or not at all, for a hang-up that does not come', async () => {
    const machine = sendFax({ document, waitForHangUpMs: 0 }).given(({ caller }) => void (caller.faxMachine = {}));
    await machine
      .afterwards(({ clock, call }) => {
        expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:39Z'));
        expect(call.caller.state).toBe('answered');
      })
      .expectOutcome('sent');
  });

  it('says how far it came when the line breaks', async () => {
    const { output } = await sendFax({ document, options: { FirstPage: 3 } })
      .given(({ caller }) => void (caller.faxMachine = { failsAfter: 0, code: 21 }))
      .expectOutcome('line-quality');
    expect(output).toMatchObject({ cause: 'COMMSFAULT', pages: 0, rawCause: { code: 21 }, firstUnsentPage: 3 });
  });

  it('names the options that are at fault', async () => {
    for (const [options, cause] of [
      [{ v34: 'YES' }, 'UNKNOWN_OPTION'],
      [{ MinDataRate: '3000' }, 'UNKNOWN_VALUE'],
      [{ v17: 'NO', MinDataRate: '14400' }, 'INCONSISTENT_OPTIONS'],
    ] as const) {
      const { output } = await sendFax({ document, options }).expectOutcome('bad-options');
      expect(output).toMatchObject({ cause, failedOption: options });
    }
  });

  it('tells a person from a machine', async () => {
    await sendFax({ document }).expectOutcome('not-fax');
  });

  it('calls first when it is told whom, and hangs up afterwards', async () => {
    const to = 'phone:fax';
    await sendFax({ document, to }).callee(to, { then: 'busy' }).expectOutcome('busy', { cause: 'busy', pages: 0 });
    await sendFax({ document, to, ringMs: 5_000 }).callee(to, { then: 'rings' }).expectOutcome('no-answer');
    await sendFax({ document, to })
      .callee(to, { then: 'answers' })
      .meanwhile(({ call }) => void (call.leg('fax')!.farEnd.faxMachine = {}))
      .afterwards(({ call }) => expect(call.leg('fax')).toBe(undefined))
      .result();
  });

  it('has its outcome also when the call ends with it', async () => {
    const { output } = await sendFax({ document })
      .given(({ caller }) => void (caller.faxMachine = {}))
      .wait(20_000)
      .hangUp()
      .expectOutcome('hung-up');
    expect(output).toMatchObject({ cause: 'HANGUP', firstUnsentPage: 1 });
  });

  it('is stopped by a command', async () => {
    const result = await sendFax({ document })
      .given(({ caller }) => void (caller.faxMachine = {}))
      .wait(20_000)
      .command()
      .result();
    expect(result.output).toMatchObject({ cause: 'ABORTED' });
  });
});
