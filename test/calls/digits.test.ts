import { describe, expect, it } from 'vitest';
import { dtmf } from '../support/tones.js';
import { node, scenario } from '../fixtures/scenarios.js';
import { speech, wavOf } from '../support/audio.js';
import { pause } from '../support/eventually.js';
import { RawCall } from '../support/raw-call.js';
import { RawUdp } from '../support/raw-sip.js';
import { useStage } from '../support/stage.js';

/* Keys as phones send them: RFC 4733, SIP INFO, tones in the audio. */

const asking = (id: string, input: object) =>
  scenario(id, {
    answer: node('answer', {}, { answered: 'ask' }),
    ask: node('get-digits', input, { digits: 'note', 'no-input': 'none', 'no-match': 'wrong' }),
    note: node('log', { message: 'got {{ steps.ask.digits }} by {{ steps.ask.cause }}' }, { done: 'bye' }),
    none: node('log', { message: 'nothing' }, { done: 'bye' }),
    wrong: node('log', { message: 'wrong' }, { done: 'bye' }),
    bye: node('hang-up'),
  });

const stage = useStage(async ({ api }) => {
  await api.upload('prompt', wavOf(speech(6, 10)));
  await api.deploy(asking('three', { maxDigits: 3, interDigitTimeoutMs: 4_000, firstDigitTimeoutMs: 8_000 }), '1000');
  await api.deploy(asking('hash', { maxDigits: 9, interDigitTimeoutMs: 4_000, firstDigitTimeoutMs: 8_000 }), '2000');
  await api.deploy(asking('short', { maxDigits: 4, firstDigitTimeoutMs: 600, prompt: [{ tone: 'beep' }] }), '3000');
  await api.deploy(asking('over-prompt', { maxDigits: 2, prompt: [{ play: 'prompt' }] }), '4000');
  await api.deploy(asking('secret', { maxDigits: 4, secret: true, firstDigitTimeoutMs: 8_000 }), '5000');
  await api.deploy(asking('pattern', { maxDigits: 2, pattern: '[1-5]+', firstDigitTimeoutMs: 8_000 }), '6000');
});

/** Calls, waits until the question stands, does something, and gives what was logged together with the call's events. */
async function asked(
  number: string,
  answer: (phone: Awaited<ReturnType<typeof stage.phone>>) => Promise<void>,
  options = {},
) {
  const phone = await stage.phone('alice', options);
  const before = stage.live.events.length;
  const fresh = (name: string) => stage.live.saw(name, (event) => stage.live.events.indexOf(event) >= before, 15_000);
  await phone.call(number);
  await stage.live.saw(
    'node.entered',
    (event) => event['node'] === 'ask' && stage.live.events.indexOf(event) >= before,
  );
  await answer(phone);
  const { message } = (await fresh('log.written')) as unknown as { message: string };
  const { callId } = await fresh('run.ended');
  await phone.saw('CALL_CLOSED');
  return { message, events: await stage.api.events(callId) };
}

const keys =
  (...pressed: string[]) =>
  async (phone: { press(key: string): Promise<void> }) => {
    for (const key of pressed) await phone.press(key);
  };

describe('digits', () => {
  it('come by RFC 4733, each once, the same one twice as two', async () => {
    const { message, events } = await asked('1000', keys('4', '4', '7'));
    expect(message).toBe('got 447 by count');
    const received = events.filter((event) => event.name === 'digit.received');
    expect(received.map((event) => event['digit'])).toEqual(['4', '4', '7']);
    expect(received.every((event) => event['method'] === 'rfc4733')).toBe(true);
  });

  it('come by SIP INFO', async () => {
    const socket = await RawUdp.open(stage.product.sipAddress);
    const call = await RawCall.place(socket, { server: stage.product.sipAddress, number: '1000', user: 'info-phone' });
    await stage.live.saw(
      'node.entered',
      (event) =>
        event['node'] === 'ask' &&
        stage.live.events.some((other) => other.callId === event.callId && other['from'] === 'info-phone'),
    );
    for (const key of ['1', '0', '9']) {
      const headers = ['Content-Type: application/dtmf-relay'];
      const reply = await call.ask('INFO', { headers, body: `Signal=${key}\r\nDuration=160\r\n` });
      expect(reply.status).toBe(200);
    }
    await call.endedByFarEnd(5_000);
    socket.close();
    const [stored] = await stage.api.calls('?from=info-phone');
    await stage.api.ended(stored!.id);
    const received = (await stage.api.events(stored!.id)).filter((event) => event.name === 'digit.received');
    expect(received.map(({ digit, method }) => [digit, method])).toEqual([
      ['1', 'info'],
      ['0', 'info'],
      ['9', 'info'],
    ]);
  });

  it('come as tones in the audio', async () => {
    const { message, events } = await asked('1000', async () => undefined, {
      says: dtmf('582', { onMs: 90, offMs: 90, leadMs: 1_500 }),
    });
    expect(message).toBe('got 582 by count');
    expect(events).toContainEqual(expect.objectContaining({ name: 'digit.received', digit: '5', method: 'in-band' }));
  });

  it('end with the terminator, which is not part of them', async () => {
    expect((await asked('2000', keys('1', '2', '#'))).message).toBe('got 12 by terminator');
  });

  it('are not waited for longer than was said', async () => {
    expect((await asked('3000', async () => undefined)).message).toBe('nothing');
  });

  it('stop the prompt when they come early', async () => {
    const { message, events } = await asked('4000', async (phone) => {
      await pause(1_000);
      await keys('3', '1')(phone);
    });
    expect(message).toBe('got 31 by count');
    expect(events).toContainEqual(expect.objectContaining({ name: 'prompt.ended', reason: 'barge-in' }));
  });

  it('must fit the pattern', async () => {
    expect((await asked('6000', keys('1', '9'))).message).toBe('wrong');
  });

  it('that are secret are seen by nobody', async () => {
    const { message, events } = await asked('5000', keys('7', '3', '9', '1'));
    expect(message).not.toContain('7391');
    expect(JSON.stringify(events)).not.toContain('7391');
    const received = events.filter((event) => event.name === 'digit.received');
    expect(received.map((event) => event['digit'])).toEqual([null, null, null, null]);
    expect(stage.product.output).not.toContain('7391');
  });
});
