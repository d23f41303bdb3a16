import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf, type Stage } from '../testing/node-test.js';
import { transfer as definition } from './transfer.node.js';

const transfer = nodeTest(definition);
const to = 'phone:anna';
const agent = ({ call }: Stage) => call.legs.at(-1)?.farEnd ?? expect.fail('there is no agent');

describe('transfer', () => {
  it('connects, and the caller comes back when the other side hangs up', async () => {
    await transfer({ to })
      .callee(to, { then: 'answers', afterMs: 3_000 })
      .wait(2_000)
      .hears('(ringback)')
      .wait(1_000)
      .hears()
      .meanwhile(({ caller }) => caller.talk(Infinity, { saying: 'hello' }))
      .meanwhile((stage) => expect(agent(stage).transcript).toBe('hello'))
      .wait(9_000)
      .meanwhile((stage) => agent(stage).hangUp())
      .afterwards(({ call }) => expect(call.state).toBe('answered'))
      .expectOutcome('returned', { cause: 'normal', endedBy: 'agent', durationMs: 9_000 });
  });

  it('plays a ringback of its own', async () => {
    await transfer({ to, ringback: [{ play: 'ring.wav' }] })
      .callee(to, { then: 'answers', afterMs: 8_000 })
      .wait(7_000)
      .hears('[ring.wav]')
      .wait(1_000)
      .hears()
      .meanwhile((stage) => agent(stage).hangUp())
      .expectOutcome('returned');
  });

  it('says when it is busy or nobody answers', async () => {
    await transfer({ to }).callee(to, { then: 'busy', afterMs: 500 }).expectOutcome('busy', { cause: 'busy' });
    await transfer({ to, timeoutMs: 5_000 })
      .callee(to, { then: 'rings' })
      .expectOutcome('no-answer', { cause: 'no-answer' });
  });

  it('fails when it cannot be reached', async () => {
    await transfer({ to }).expectFailure('dial.failed');
    await transfer({ to: '+900' }).expectFailure('outbound.not-allowed');
  });

  it('releases the other side when the caller hangs up, ringing or talking', async () => {
    const released = ({ call }: Stage) => expect(call.legs.at(-1)?.state).toBe('ended');
    await transfer({ to }).callee(to, { then: 'rings' }).wait(1_000).hangUp().afterwards(released).expectInterrupted();
    await transfer({ to })
      .callee(to, { then: 'answers' })
      .wait(1_000)
      .hangUp()
      .afterwards(released)
      .expectInterrupted();
  });

  it('releases the other side when a command moves the call elsewhere', async () => {
    await transfer({ to })
      .callee(to, { then: 'answers' })
      .wait(1_000)
      .command()
      .afterwards(({ call }) => {
        expect(call.state).toBe('answered');
        expect(call.leg('agent')).toBe(undefined);
      })
      .expectInterrupted({ cause: 'normal', endedBy: 'system', durationMs: 1_000 });
  });

  it('works beside a leg that a Dial node called', async () => {
    await transfer({ to })
      .callee(to, { then: 'answers' })
      .callee('phone:bob', { then: 'answers' })
      .given(async ({ call, abort, wait }) => {
        const dialled = call.dial({ leg: 'agent', to: 'phone:bob', timeoutMs: 1_000, headers: {} }, abort.signal);
        await wait(0);
        await dialled;
      })
      .meanwhile(({ call }) => expect(call.leg('agent-2')?.uri).toBe(to))
      .meanwhile((stage) => agent(stage).hangUp())
      .afterwards(({ call }) => expect(call.leg('agent')?.state).toBe('answered'))
      .expectOutcome('returned');
  });

  it('says clearly which modes can be had', () => {
    const problem = 'mode: Only "bridged" transfers can be made; "refer" and "attended" cannot yet.';
    expect(problemsOf(definition, { to, mode: 'refer' })).toEqual([problem]);
    expect(problemsOf(definition, { to, mode: 'attended' })).toEqual([problem]);
  });
});
