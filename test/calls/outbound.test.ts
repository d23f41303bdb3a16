import { describe, expect, it } from 'vitest';
import { node, scenario, waitingRoom } from '../fixtures/scenarios.js';
import { eventually } from '../support/eventually.js';
import { useStage } from '../support/stage.js';

/* Calls that begin here, and what can be asked of a live call. */

const stage = useStage(async ({ api }) => {
  await api.post('/trunks', { name: 'carrier', host: '127.0.0.1', port: 9, prefixes: ['+'] });
  await api.deploy(waitingRoom('waiting'), '1000');
  await api.deploy(
    scenario('greets', {
      greet: node('log', { message: 'hello {{ params.name }}' }, { done: 'stay' }),
      stay: node('wait-for-hang-up'),
      elsewhere: node('log', { message: 'moved here' }, { done: 'stay' }),
    }),
    '2000',
  );
  await api.deploy(
    scenario('rings', {
      answer: node('answer', {}, { answered: 'ring' }),
      ring: node(
        'transfer',
        { to: 'phone:bob', timeoutMs: 4_000 },
        { returned: 'back', busy: 'busy', 'no-answer': 'silent' },
      ),
      back: node('log', { message: 'came back' }, { done: 'bye' }),
      busy: node('log', { message: 'was busy' }, { done: 'bye' }),
      silent: node('log', { message: 'did not answer' }, { done: 'bye' }),
      bye: node('hang-up'),
    }),
    '3000',
  );
});

const scenarioNamed = async (name: string) => {
  const { items } = await stage.api.get<{ items: { id: string; name: string }[] }>('/scenarios');
  return items.find((each) => each.name === name)!.id;
};

describe('a call that we place', () => {
  it('rings a phone, runs the scenario with its parameters, and obeys commands', async () => {
    const bob = await stage.phone('bob', { registers: true, answers: true });
    const { id } = await stage.api.post<{ id: string }>('/calls', {
      to: 'phone:bob',
      scenarioId: await scenarioNamed('greets'),
      parameters: { name: 'Bob' },
    });
    await bob.saw('CALL_ESTABLISHED');
    await stage.live.saw('log.written', { callId: id, message: 'hello Bob' });
    await stage.live.saw('node.entered', { callId: id, node: 'stay' });
    expect(await stage.api.call(id)).toMatchObject({ direction: 'outbound', state: 'answered', node: 'stay' });

    const command = (body: object) => stage.api.post<{ accepted: boolean }>(`/calls/${id}/commands`, body);
    expect(await command({ type: 'go-to', node: 'elsewhere' })).toEqual({ accepted: true });
    await stage.live.saw('log.written', { callId: id, message: 'moved here' });
    expect(await command({ type: 'hold' })).toEqual({ accepted: true });
    await eventually('the leg is on hold', async () => (await stage.api.call(id)).legs[0]?.onHold);
    expect(await command({ type: 'resume' })).toEqual({ accepted: true });
    await eventually('the leg is back', async () => (await stage.api.call(id)).legs[0]?.onHold === false);
    expect(await command({ type: 'send-digits', digits: '12' })).toEqual({ accepted: true });
    await bob.saw('CALL_DTMF_START');
    await expect(command({ type: 'go-to', node: 'nowhere' })).rejects.toMatchObject({
      status: expect.any(Number) as number,
    });
    expect(await command({ type: 'hang-up' })).toEqual({ accepted: true });
    await bob.saw('CALL_CLOSED');
    expect(await stage.api.ended(id)).toMatchObject({ state: 'ended', cause: 'normal' });
    await expect(command({ type: 'hang-up' })).rejects.toMatchObject({ status: 409, code: 'call.wrong-state' });
  });

  it('to somebody who is not registered ends as unreachable and not in silence', async () => {
    await stage.api.addPhone('dave', 'dave-secret');
    const { id } = await stage.api.post<{ id: string }>('/calls', {
      to: 'phone:dave',
      scenarioId: await scenarioNamed('greets'),
    });
    expect((await stage.api.ended(id)).cause).toMatch(/unreachable|not-found/);
  });

  it.each(['+4930123456', 'sip:someone@example.org', 'trunk:carrier/123', 'tel:+4930123456'])(
    'to %s is not allowed',
    async (to) => {
      await expect(stage.api.post('/calls', { to, scenarioId: await scenarioNamed('greets') })).rejects.toMatchObject({
        status: 403,
        code: 'outbound.not-allowed',
      });
    },
  );
});

describe('a transfer', () => {
  const logged = async (fits: RegExp) =>
    stage.live.saw('log.written', (event) => fits.test(String(event['message'])), 15_000);

  it('comes back when the other hangs up', async () => {
    const bob = await stage.phone('bob', { registers: true, answers: true });
    const alice = await stage.phone('alice', { registers: true });
    await alice.call('3000');
    await bob.saw('CALL_ESTABLISHED');
    bob.hangUp();
    await logged(/came back/);
    await alice.saw('CALL_CLOSED');
  });

  it('gives up after its time, and the other stops ringing', async () => {
    const bob = await stage.phone('bob', { registers: true });
    const alice = await stage.phone('alice', { registers: true });
    await alice.call('3000');
    await bob.saw('CALL_INCOMING');
    await logged(/did not answer/);
    await bob.saw('CALL_CLOSED');
    await alice.saw('CALL_CLOSED');
  });

  it('sees that the other is busy', async () => {
    const bob = await stage.phone('bob', { registers: true });
    const alice = await stage.phone('alice', { registers: true });
    await alice.call('3000');
    await bob.saw('CALL_INCOMING');
    bob.hangUp();
    await logged(/was busy|did not answer/);
    await alice.saw('CALL_CLOSED');
  });

  it('stops ringing the other when the caller goes', async () => {
    const bob = await stage.phone('bob', { registers: true });
    const alice = await stage.phone('alice', { registers: true });
    await alice.call('3000');
    await bob.saw('CALL_INCOMING');
    alice.hangUp();
    await bob.saw('CALL_CLOSED');
    await eventually('nothing is left', async () => (await stage.api.liveCalls()).length === 0);
  });
});
