import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { startFax as definition } from './start-fax.node.js';

const startFax = nodeTest(definition);

describe('start-fax', () => {
  it('begins a fax and lets it go on', async () => {
    await startFax({ document: 'offer' })
      .given(({ caller }) => void (caller.faxMachine = {}))
      .afterwards(({ call }) => expect(call.caller.fax?.state).toBe('sending'))
      .expectOutcome('started', { direction: 'send', document: 'offer' });
    await startFax({ direction: 'receive' })
      .afterwards(({ call }) => expect(call.caller.fax?.state).toBe('receiving'))
      .expectOutcome('started', { direction: 'receive', document: 'fax-20260302-100000-37060000001' });
  });

  it('names the options that are at fault', async () => {
    const { output } = await startFax({ document: 'offer', options: { Paper: 'A7' } }).expectOutcome('bad-options');
    expect(output).toMatchObject({ cause: 'UNKNOWN_OPTION', failedOption: { Paper: 'A7' } });
  });

  it('takes one fax at a time', async () => {
    await startFax({ document: 'offer' })
      .given(async ({ call }) => void (await call.caller.sendFax({ document: 'other', options: {} })))
      .expectFailure('fax.already-running');
  });

  it('must know what it sends', () => {
    expect(problemsOf(definition, {})).toEqual(['document: Name the document that is sent.']);
    expect(problemsOf(definition, { direction: 'receive' })).toEqual([]);
  });
});
