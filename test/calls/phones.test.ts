import { describe, expect, it } from 'vitest';
import { waitingRoom } from '../fixtures/scenarios.js';
import type { Phone } from '../support/contract.js';
import { BaresipPhone } from '../support/baresip.js';
import { eventually } from '../support/eventually.js';
import { RawCall } from '../support/raw-call.js';
import { offer, RawUdp, request, unique } from '../support/raw-sip.js';
import { useStage } from '../support/stage.js';

/* Softphones of our own: registration, and who may call whom. */

const stage = useStage(async ({ api }) => {
  await api.deploy(waitingRoom('waiting'), '1000');
  await api.deploy({ ...waitingRoom('prefix') }, '49*');
  const draft = await api.post<{ id: string }>('/scenarios', { name: 'draft', document: waitingRoom('draft') });
  await expect(
    api.post('/numbers', { pattern: '8000', scenarioId: draft.id, version: 'latest' }),
  ).rejects.toMatchObject({
    status: 409,
    code: 'scenario.not-published',
  });
});

async function statusOf(message: string, socket: RawUdp): Promise<number> {
  await socket.send(message);
  return (await socket.saw('a final reply', ({ status }) => (status ?? 0) >= 200)).status!;
}

describe('a phone', () => {
  it('registers, is seen, and is gone after it was switched off', async () => {
    const phone = await stage.phone('alice', { registers: true });
    const seen = async () =>
      (await stage.api.get<{ items: Phone[] }>('/phones')).items.find((each) => each.username === 'alice');
    expect((await seen())?.registered).toHaveLength(1);
    expect((await seen())?.realm).toBe('callwright');
    expect(JSON.stringify(await seen())).not.toContain('alice-secret');
    await phone.stop();
    await eventually('alice is not registered', async () => (await seen())?.registered.length === 0);
  });

  it('does not register with a wrong password', async () => {
    await stage.api.addPhone('carol', 'right-password');
    await expect(
      BaresipPhone.start({ username: 'carol', password: 'wrong-password', server: stage.product.sipAddress }),
    ).rejects.toThrow('could not register');
  });

  it('calls another phone by its name, without a scenario', async () => {
    const bob = await stage.phone('bob', { registers: true, answers: true });
    const alice = await stage.phone('alice', { registers: true });
    await alice.call('bob');
    await bob.saw('CALL_ESTABLISHED');
    bob.hangUp();
    await alice.saw('CALL_CLOSED');
  });

  it('is told when the other is busy or nobody', async () => {
    const alice = await stage.phone('alice', { registers: true });
    alice.dial('nobody-at-all');
    expect(String((await alice.saw('CALL_CLOSED'))['param'])).toContain('404');
  });
});

describe('a stranger', () => {
  it('who says that it is a phone is asked for the password', async () => {
    await stage.phone('alice', { registers: true });
    const socket = await RawUdp.open(stage.product.sipAddress);
    const invite = request({
      method: 'INVITE',
      uri: `sip:1000@${stage.product.sipAddress}`,
      from: stage.product.sipAddress,
      user: 'alice',
      callId: unique(),
      body: offer(40_000),
    }).replace(/Via: [^\r]+/, `Via: SIP/2.0/UDP ${socket.address};branch=z9hG4bK${unique()};rport`);
    expect(await statusOf(invite, socket)).toBe(401);
    socket.close();
  });

  it.each([
    ['1000', 200],
    ['10-00', 200],
    ['4930123', 200],
    ['7777', 404],
    ['alice', 404],
  ])('who calls %s is answered %i', async (number, status) => {
    const socket = await RawUdp.open(stage.product.sipAddress);
    const call = await RawCall.place(socket, { server: stage.product.sipAddress, number });
    expect(call.final.status).toBe(status);
    if (status === 200) expect((await call.ask('BYE')).status).toBe(200);
    socket.close();
  });

  it.each([
    ['OPTIONS', 200],
    ['REFER', 403],
    ['SUBSCRIBE', 405],
    ['NONSENSE', 405],
  ])('who sends %s gets %i or a like refusal', async (method, status) => {
    const socket = await RawUdp.open(stage.product.sipAddress);
    const headers = method === 'REFER' ? ['Refer-To: <sip:x@127.0.0.1>'] : [];
    const got = await statusOf(
      request({ method, uri: `sip:1000@${stage.product.sipAddress}`, from: socket.address, headers }),
      socket,
    );
    expect(status === 405 ? [405, 489, 501] : [status]).toContain(got);
    socket.close();
  });
});
