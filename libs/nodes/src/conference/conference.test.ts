import { describe, expect, it } from 'vitest';
import type { FakeCall } from '@callwright/channel-contract/fake';
import { nodeTest, problemsOf, type Stage } from '../testing/node-test.js';
import { conference as definition } from './conference.node.js';

const conference = nodeTest(definition);
const room = { startOnEntry: true, endOnExit: false, exitKeys: ['*'], muteKey: null, unmuteKey: null } as const;
const silent = { waitMusic: [], namePrefix: [], entry: [], exit: [], talk: true, listen: true } as const;

/** Somebody else in the room `sales`. */
async function other({ exchange, abort, wait }: Stage, options: { endOnExit?: boolean } = {}): Promise<FakeCall> {
  const call = exchange.call({ from: '+37060000002' });
  await call.caller.answer({ headers: {} });
  void call.caller.joinConference({ room: 'sales', ...room, ...silent, ...options }, abort.signal);
  await wait(0);
  return call;
}

describe('conference', () => {
  it('lets everybody hear everybody', async () => {
    await conference({ room: 'sales' })
      .meanwhile(async (stage) => {
        const second = await other(stage);
        second.caller.farEnd.talk(1_000, { saying: 'I am here' });
        stage.caller.talk(1_000, { saying: 'so am I' });
        expect(second.caller.farEnd.transcript).toBe('so am I');
      })
      .hears('I am here')
      .press('*')
      .expectOutcome('left');
  });

  it('ends for everybody when the one who ends it leaves', async () => {
    await conference({ room: 'sales' })
      .meanwhile(async (stage) => {
        const host = await other(stage, { endOnExit: true });
        host.caller.farEnd.hangUp();
      })
      .expectOutcome('ended');
  });

  it('waits with music until it is started', async () => {
    await conference({ room: 'sales', startOnEntry: false, waitMusic: [{ play: 'music.wav' }] })
      .wait(40_000)
      .hears('[music.wav]')
      .meanwhile(async (stage) => void (await other(stage)))
      .hears()
      .press('*')
      .expectOutcome('left');
  });

  it('announces who comes and goes to the others', async () => {
    const others: FakeCall[] = [];
    await conference({
      room: 'sales',
      namePrefix: [{ say: 'Anna' }],
      entry: [{ say: 'comes' }],
      exit: [{ say: 'goes' }],
    })
      .given(async (stage) => void others.push(await other(stage)))
      .wait(2_000)
      .press('*')
      .afterwards(async (stage) => {
        await stage.wait(2_000);
        expect(others[0]?.caller.farEnd.transcript).toBe('Anna comes Anna goes');
        expect(stage.caller.transcript).toBe('');
      })
      .expectOutcome('left');
  });

  it('mutes and lets talk by key', async () => {
    await conference({ room: 'sales', muteKey: '1', unmuteKey: '1' })
      .meanwhile(async (stage) => {
        const { farEnd } = (await other(stage)).caller;
        const talks = () => farEnd.heard.some(({ to }) => to === null);
        stage.caller.talk(Infinity, { saying: 'bla' });
        expect(talks()).toBe(true);
        stage.caller.press('1');
        expect(talks()).toBe(false);
        stage.caller.press('1');
        expect(talks()).toBe(true);
      })
      .press('*')
      .expectOutcome('left');
  });

  it('leaves no keys to the next node', async () => {
    await conference({ room: 'sales' })
      .press('55*')
      .afterwards(({ call }) => expect(call.caller.digits.length).toBe(0))
      .expectOutcome('left');
  });

  it('is over when the caller hangs up', async () => {
    await conference({ room: 'sales' }).wait(1_000).hangUp().expectInterrupted();
  });

  it('refuses a room without a name', () => {
    expect(problemsOf(definition, { room: '' })).toHaveLength(1);
    expect(problemsOf(definition, {})).toHaveLength(1);
    expect(problemsOf(definition, { room: 'a', exitKeys: ['12'] })).toEqual([
      'exitKeys.0: One key each: 0-9, *, # or A-D.',
    ]);
  });
});
