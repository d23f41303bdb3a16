import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { record as definition } from './record.node.js';

const record = nodeTest(definition);
const BEEP_MS = 400;

describe('record', () => {
  it('ends after the silence that follows the words', async () => {
    await record({ name: 'complaint', silenceMs: 2_000 })
      .hears('(beep)')
      .wait(BEEP_MS)
      .talk(3_000)
      .expectOutcome('recorded', { recording: 'complaint', durationMs: 5_000, cause: 'silence', audioDetected: true });
  });

  it('ends at a terminator, which the next node does not get', async () => {
    await record({ beep: false })
      .talk(1_500)
      .wait(1_000)
      .press('#')
      .afterwards(({ call }) => expect(call.caller.digits.waiting).toBe(''))
      .expectOutcome('recorded', { recording: 'node', durationMs: 1_000, cause: 'terminator', audioDetected: true });
  });

  it('ends at its greatest length', async () => {
    await record({ beep: false, maxMs: 1_000 })
      .talk(60_000)
      .expectOutcome('recorded', { recording: 'node', durationMs: 1_000, cause: 'max', audioDetected: true });
  });

  it('says when there was nothing to hear', async () => {
    await record({ beep: false, silenceMs: 3_000 }).expectOutcome('no-audio', {
      recording: 'node',
      durationMs: 3_000,
      cause: 'silence',
      audioDetected: false,
    });
  });

  it('hands over what was said when the caller hangs up', async () => {
    await record({ beep: false })
      .talk(1_500)
      .wait(1_000)
      .hangUp()
      .expectOutcome('recorded', { recording: 'node', durationMs: 1_000, cause: 'hang-up', audioDetected: true });
  });

  it('keeps an earlier recording of the same name', async () => {
    await record({ beep: false, name: 'take', maxMs: 500 })
      .given(async ({ call, wait, abort }) => {
        const earlier = call.caller.record(
          { name: 'take', maxMs: 300, silenceMs: 0, terminators: [], beep: false },
          abort.signal,
        );
        await wait(300);
        await earlier;
      })
      .afterwards(({ call }) => expect([...call.recordings.keys()]).toEqual(['take', 'take-2']))
      .expectOutcome('no-audio');
  });

  it('takes a name only of what is safe in a file name', () => {
    expect(problemsOf(definition, { name: '../etc/passwd' })).toHaveLength(1);
    expect(problemsOf(definition, { name: 'a/b' })).toHaveLength(1);
    expect(problemsOf(definition, { name: 'voicemail {{ call.from }}' })).toEqual([]);
  });
});
