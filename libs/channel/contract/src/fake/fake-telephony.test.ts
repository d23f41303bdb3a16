import { describe, expect, it } from 'vitest';
import { inputError, VirtualClock } from '@callwright/kernel';
import type { CallChannel } from '../channel.js';
import type { Admission, TelephonyHost } from '../telephony.js';
import { FakeTelephony } from './fake-telephony.js';
import { passTime } from './pass-time.js';

/** A process that hosts calls and remembers what it was told. */
class Host implements TelephonyHost {
  admission: Admission = { verdict: 'run', token: 'token', workspaceId: 'w' };
  readonly accepted: { channel: CallChannel; token: unknown }[] = [];
  readonly committed: unknown[] = [];
  readonly recordings: TelephonyHost['recordings'] = {
    begin: ({ name }) => Promise.resolve({ path: `/recordings/${name}.wav` }),
    commit: (request) => Promise.resolve(void this.committed.push(request)),
  };
  readonly faxes: TelephonyHost['faxes'] = {
    open: () => Promise.reject(new Error('not asked for')),
    begin: () => Promise.reject(new Error('not asked for')),
    commit: () => Promise.reject(new Error('not asked for')),
  };
  readonly prompts: TelephonyHost['prompts'] = { audio: () => Promise.reject(new Error('not asked for')) };
  admit = () => Promise.resolve(this.admission);
  accept = (channel: CallChannel, _: unknown, token: unknown) => void this.accepted.push({ channel, token });
  phone = () => Promise.resolve(null);
  trunks = () => Promise.resolve([]);
  route: TelephonyHost['route'] = ({ to }) =>
    to === '+900'
      ? Promise.reject(inputError('outbound.not-allowed', 'no'))
      : Promise.resolve({ kind: 'uri', uri: `sip:${to}@carrier` });
  registrationChanged = () => {};
  signalled = () => {};
}

async function started() {
  const clock = new VirtualClock();
  const host = new Host();
  const telephony = new FakeTelephony({
    clock,
    host,
    writeRecording: ({ durationMs }) => Promise.resolve(durationMs * 16 + 44),
  });
  await telephony.start();
  return { clock, host, telephony };
}

describe('a fake telephony', () => {
  it('gives an admitted call to its host', async () => {
    const { host, telephony } = await started();
    const placed = await telephony.place({ to: '1000', from: 'anna', phone: 'anna' });
    expect(placed.verdict).toBe('run');
    expect(host.accepted).toMatchObject([{ token: 'token', channel: { to: '1000', from: 'anna', state: 'incoming' } }]);
    expect(telephony.health()).toMatchObject({ ready: true, calls: 1 });
    await host.accepted[0]?.channel.hangUp('normal');
    expect(telephony.health().calls).toBe(0);
  });

  it('refuses what its host refuses', async () => {
    const { host, telephony } = await started();
    host.admission = { verdict: 'refuse', reason: 'no-capacity', retryAfterS: 5 };
    expect(await telephony.place({ to: '1000' })).toEqual({ verdict: 'refused', cause: 'rejected', retryAfterS: 5 });
    host.admission = { verdict: 'refuse', reason: 'not-found' };
    expect(await telephony.place({ to: '1000' })).toEqual({ verdict: 'refused', cause: 'not-found' });
    host.admission = { verdict: 'phone', username: 'bob', workspaceId: 'w' };
    expect(await telephony.place({ to: 'bob' })).toEqual({ verdict: 'phone', username: 'bob' });
  });

  it('places calls that may be placed', async () => {
    const { clock, telephony } = await started();
    const options = { callId: 'c', workspaceId: 'w', timeoutMs: 1_000, headers: {} };
    telephony.exchange.callee('+1', { then: 'answers' });
    const channel = await telephony.originate({ ...options, to: '+1' });
    expect(channel.state).toBe('calling');
    const answered = channel.caller.answer({ headers: {} });
    await passTime(clock, 0);
    await answered;
    expect(channel.state).toBe('answered');
    await expect(telephony.originate({ ...options, to: '+900' })).rejects.toMatchObject({
      code: 'outbound.not-allowed',
    });
    await expect(telephony.originate({ ...options, to: 'who?' })).rejects.toMatchObject({
      code: 'call.bad-destination',
    });
  });

  it('hands each recording to the store', async () => {
    const { clock, host, telephony } = await started();
    const placed = await telephony.place({ to: '1000', callId: 'c' });
    if (placed.verdict !== 'run') throw new Error('The call was refused.');
    await placed.call.caller.answer({ headers: {} });
    const recording = await placed.call.caller.startRecording({ name: 'whole' });
    await passTime(clock, 500);
    await recording.stop();
    await passTime(clock, 0);
    expect(host.committed).toEqual([{ workspaceId: 'w', callId: 'c', name: 'whole', durationMs: 500, bytes: 8_044 }]);
    expect(telephony.recordingFailure).toBe(null);
  });

  it('refuses new calls while it drains, and ends the others when it stops', async () => {
    const { telephony } = await started();
    const placed = await telephony.place({ to: '1000' });
    if (placed.verdict !== 'run') throw new Error('The call was refused.');
    telephony.drain();
    expect(await telephony.place({ to: '1000' })).toEqual({ verdict: 'refused', cause: 'rejected' });
    expect(placed.call.state).toBe('incoming');
    expect(telephony.health()).toMatchObject({ ready: false, reasons: ['new calls are refused'] });
    await telephony.stop();
    expect(placed.call.state).toBe('ended');
  });
});
