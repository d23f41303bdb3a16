import type { SignallingMessage } from '@callwright/channel-contract';
import { VirtualClock } from '@callwright/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { maskedText } from './signalling-mask.js';
import { SignallingTrace } from './signalling-trace.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const peer = { remoteAddress: '192.0.2.1', remotePort: 5060 };

interface Parts {
  readonly callId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly more?: string;
}

const message = (start: string, { callId = 'dialog-1', from = 'uac', to = '', more = '' }: Parts = {}) =>
  bytes(
    [
      start,
      'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1',
      `From: <sip:a@example.org>;tag=${from}`,
      `To: <sip:b@example.org>${to === '' ? '' : `;tag=${to}`}`,
      `Call-ID: ${callId}`,
      ...(more === '' ? [] : [more]),
      '',
      '',
    ].join('\r\n'),
  );
const invite = (parts?: Parts) => message('INVITE sip:b@example.org SIP/2.0', parts);

describe('the ladder of a call', () => {
  let clock: VirtualClock;
  let told: Map<string, SignallingMessage[]>;
  let trace: SignallingTrace;
  const hears = (text: Uint8Array) => trace.heard(text, peer, 'udp');
  const says = (text: Uint8Array) => trace.said(text, peer, 'udp');
  const caller = { callId: 'call-1', leg: 'caller', dialog: 'dialog-1', fromTag: 'uac', weInvite: false };
  const lines = (messages: readonly SignallingMessage[] = []) =>
    messages.map(({ direction, text }) => `${direction} ${text.split('\r\n')[0]}`);

  beforeEach(() => {
    clock = new VirtualClock(1000);
    told = new Map();
    trace = new SignallingTrace(clock, (id, messages) => told.set(id, [...(told.get(id) ?? []), ...messages]));
  });

  it('begins with the INVITE, although it is known only later which call that is', () => {
    hears(invite());
    says(message('SIP/2.0 100 Trying'));
    trace.bind(caller);
    says(message('SIP/2.0 200 OK', { to: 'uas' }));
    expect(lines(trace.of('call-1'))).toEqual([
      'in INVITE sip:b@example.org SIP/2.0',
      'out SIP/2.0 100 Trying',
      'out SIP/2.0 200 OK',
    ]);
    expect(trace.of('call-1')[0]).toMatchObject({
      leg: 'caller',
      at: 1000,
      remote: '192.0.2.1:5060',
      transport: 'udp',
    });
  });

  it('is told when the call is over, and what comes late after it', () => {
    trace.bind(caller);
    hears(invite());
    trace.ended('call-1');
    clock.advance(1000);
    expect(lines(told.get('call-1'))).toEqual(['in INVITE sip:b@example.org SIP/2.0']);
    expect(trace.of('call-1')).toEqual([]);
    says(message('BYE sip:a@example.org SIP/2.0'));
    clock.advance(40_000);
    expect(lines(told.get('call-1')).at(-1)).toBe('out BYE sip:a@example.org SIP/2.0');
    says(message('BYE sip:a@example.org SIP/2.0'));
    expect(told.get('call-1')).toHaveLength(2);
  });

  it('holds nothing of strangers, not even of those who say the Call-ID of a call', () => {
    hears(message('REGISTER sip:example.org SIP/2.0'));
    trace.bind(caller);
    hears(invite({ callId: 'another' }));
    hears(invite({ from: 'stranger' }));
    expect(trace.of('call-1')).toEqual([]);
  });

  it('knows its two ends apart when a call comes back to ourselves', () => {
    trace.bind({ ...caller, callId: 'calls', leg: 'agent', weInvite: true });
    says(invite());
    hears(invite());
    trace.bind({ ...caller, callId: 'is-called' });
    for (const way of [says, hears]) way(message('SIP/2.0 200 OK', { to: 'uas' }));
    for (const way of [says, hears]) way(message('BYE sip:a@example.org SIP/2.0', { from: 'uas', to: 'uac' }));
    expect(lines(trace.of('calls')).slice(-2)).toEqual(['in SIP/2.0 200 OK', 'in BYE sip:a@example.org SIP/2.0']);
    expect(lines(trace.of('is-called')).slice(-2)).toEqual(['out SIP/2.0 200 OK', 'out BYE sip:a@example.org SIP/2.0']);
  });

  it('is bounded', () => {
    trace.bind(caller);
    for (let count = 0; count < 500; count += 1) hears(invite());
    expect(trace.of('call-1').length).toBe(400);
  });

  it('keeps no more than some MiB of what nobody wanted', () => {
    const long = `X: ${'x'.repeat(30_000)}`;
    for (let count = 0; count < 200; count += 1) hears(invite({ callId: `flood-${count}`, more: long }));
    trace.bind({ ...caller, dialog: 'flood-0' });
    expect(trace.of('call-1')).toEqual([]);
    trace.bind({ ...caller, callId: 'call-2', dialog: 'flood-199' });
    expect(trace.of('call-2')).toHaveLength(1);
  });

  it('tells what is left when the process ends', () => {
    trace.bind(caller);
    hears(invite());
    trace.stop();
    expect(told.get('call-1')).toHaveLength(1);
  });

  it('finds a compact Call-ID', () => {
    trace.bind(caller);
    hears(bytes('BYE sip:b@example.org SIP/2.0\r\nf: <sip:a@example.org>;tag=uac\r\ni: dialog-1\r\n\r\n'));
    expect(trace.of('call-1')).toHaveLength(1);
  });

  it('shows no credentials', () => {
    trace.bind(caller);
    hears(invite({ more: 'Authorization: Digest username="a", response="0123456789abcdef"' }));
    expect(trace.of('call-1')[0]?.text).toContain('Authorization: Digest ••••');
    expect(trace.of('call-1')[0]?.text).not.toContain('0123456789abcdef');
  });
});

describe('what is masked in a message', () => {
  it('are credentials over several lines, media keys, passwords in URIs and digits', () => {
    const masked = maskedText(
      [
        'INFO sip:joe:secret@example.org SIP/2.0',
        'Proxy-Authorization: Digest username="a",',
        ' response="feedfacefeedface"',
        'Content-Type: application/dtmf-relay',
        '',
        'Signal=5',
        'Duration=160',
        'k=clear:plain-key',
        'a=ice-pwd:ice-word',
        'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj',
      ].join('\r\n'),
    );
    for (const secret of [':secret@', 'feedface', 'Signal=5', 'd0Rmdmcm', 'plain-key', 'ice-word'])
      expect(masked).not.toContain(secret);
    expect(masked).toContain('Duration=160');
    expect(masked).toContain('AES_CM_128_HMAC_SHA1_80');
  });

  it('is the key of an INFO that is nothing but a key', () => {
    const masked = maskedText('INFO sip:a@b SIP/2.0\r\nContent-Type: application/dtmf\r\n\r\n5');
    expect(masked).toBe('INFO sip:a@b SIP/2.0\r\nContent-Type: application/dtmf\r\n\r\n•');
  });

  it('is cut when it is longer than anybody reads', () => {
    expect(maskedText('x'.repeat(20_000)).length).toBeLessThan(12_010);
  });
});
