import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf, type Stage } from '../testing/node-test.js';
import { connect as definition } from './connect.node.js';

const connect = nodeTest(definition);
const withAgent = async ({ call, exchange, abort, wait }: Stage) => {
  exchange.callee('phone:anna', { then: 'answers' });
  const dialled = call.dial({ leg: 'agent', to: 'phone:anna', timeoutMs: 1_000, headers: {} }, abort.signal);
  await wait(0);
  await dialled;
};
const agent = ({ call }: Stage) => call.leg('agent')?.farEnd ?? expect.fail('there is no agent');

describe('connect', () => {
  it('lets both talk until the agent hangs up; the caller stays', async () => {
    await connect({})
      .given(withAgent)
      .meanwhile((stage) => agent(stage).talk(Infinity, { saying: 'hello, Anna here' }))
      .hears('hello, Anna here')
      .wait(60_000)
      .meanwhile((stage) => agent(stage).hangUp())
      .hears()
      .afterwards(({ call }) => expect(call.state).toBe('answered'))
      .expectOutcome('ended', { endedBy: 'agent', durationMs: 60_000 });
  });

  it('is over when the caller hangs up, and hands over how long it was', async () => {
    await connect({}).given(withAgent).wait(5_000).hangUp().expectInterrupted({ endedBy: 'caller', durationMs: 5_000 });
  });

  it('takes them apart when a command moves the call elsewhere', async () => {
    await connect({})
      .given(withAgent)
      .wait(5_000)
      .command()
      .afterwards(({ call }) => expect(call.leg('agent')?.state).toBe('answered'))
      .expectInterrupted({ endedBy: 'system', durationMs: 5_000 });
  });

  it('records both sides', async () => {
    await connect({ record: true })
      .given(withAgent)
      .wait(5_000)
      .meanwhile((stage) => agent(stage).hangUp())
      .afterwards(({ call }) => expect(call.recordings.get('node')).toBe(5_000))
      .expectOutcome('ended', { endedBy: 'agent', durationMs: 5_000, recording: 'node' });
  });

  it('leaves no keys of the conversation to the next node', async () => {
    await connect({})
      .given(withAgent)
      .press('123')
      .meanwhile((stage) => agent(stage).hangUp())
      .afterwards(({ call }) => expect(call.caller.digits.length).toBe(0))
      .expectOutcome('ended');
  });

  it('fails when there is no such leg', async () => {
    await connect({ leg: 'nobody' }).expectFailure('call.gone');
    expect(problemsOf(definition, { leg: 'Anna K.' })).toHaveLength(1);
  });
});
