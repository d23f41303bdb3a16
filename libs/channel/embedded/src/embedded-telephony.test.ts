import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { CallChannel, IncomingOffer } from '@callwright/channel-contract';
import { cseqOf, DigestClient, Headers, NO_BODY, readAuthHeader, replyTo, type SipRequest } from '@callwright/sip';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedTelephony, type EmbeddedTelephonyOptions } from './embedded-telephony.js';
import { passed, until } from './media/testing/wait.js';
import { digestHash } from './sip/digest-hash.js';
import { FakeMedia } from './testing/fake-media.js';
import { SipPhone, type PhoneCall, type SipPhoneOptions } from './testing/sip-phone.js';
import { TestHost } from './testing/test-host.js';

const LEG = { leg: 'agent', timeoutMs: 5000, headers: {} } as const;
const never = () => new AbortController().signal;

let host: TestHost;
let media: FakeMedia;
let telephony: EmbeddedTelephony;
let phones: SipPhone[];

beforeEach(async () => {
  host = new TestHost();
  host.numbers.add('1000');
  media = new FakeMedia();
  phones = [];
  telephony = engine();
  await telephony.start();
});

afterEach(async () => {
  await telephony.stop();
  for (const phone of phones) phone.close();
  host.dispose();
  expect(telephony.open).toEqual({ calls: 0, rooms: 0, sessions: 0, servers: 0, clients: 0 });
  expect(media.living).toBe(0);
});

const engine = (more: Partial<EmbeddedTelephonyOptions> = {}) =>
  new EmbeddedTelephony({
    sipHost: '127.0.0.1',
    sipPort: 0,
    rtpPortMin: 0,
    rtpPortMax: 0,
    egressAllowed: () => true,
    logger: host.logger,
    host,
    media,
    ...more,
  });

async function phone(options: Omit<SipPhoneOptions, 'serverPort'> = {}): Promise<SipPhone> {
  const opened = await SipPhone.open({ serverPort: telephony.sipPort, ...options });
  phones.push(opened);
  return opened;
}

/** A phone with an account, registered. */
async function registered(username: string, options: Omit<SipPhoneOptions, 'serverPort'> = {}): Promise<SipPhone> {
  host.addPhone(username, 'secret');
  const made = await phone({ username, password: 'secret', ...options });
  expect((await made.register()).status).toBe(200);
  return made;
}

/** An answered call of a stranger, and its channel. */
async function answered(): Promise<{ channel: CallChannel; caller: Awaited<ReturnType<SipPhone['call']>> }> {
  const channel = new Promise<CallChannel>((resolve) => (host.accepted = (made) => resolve(made)));
  const caller = await (await phone()).call('1000');
  await (await channel).caller.answer({ headers: {} });
  await until('the caller is answered', () => caller.state === 'answered');
  return { channel: await channel, caller };
}

const trunkAt = (port: number, more: object = {}) => ({
  id: `t${port}`,
  workspaceId: 'w',
  name: 'carrier',
  host: '127.0.0.1',
  port,
  transport: 'udp' as const,
  username: 'me',
  password: 'secret',
  register: false,
  sources: ['192.0.2.0/24'],
  ...more,
});

describe('the signalling of a call', () => {
  it('is told message by message, with the challenge, once the call is over', async () => {
    const alice = await registered('alice');
    const channel = new Promise<CallChannel>((resolve) => (host.accepted = (made) => resolve(made)));
    const calling = alice.call('1000');
    const { id, caller } = await channel;
    await caller.answer({ headers: {} });
    await calling;
    const starts = () =>
      (host.told.get(id) ?? telephony.supervision.signalling(id)).map(
        ({ direction, leg, text }) => `${leg} ${direction} ${text.split(' ', 2).join(' ').split('\r\n')[0]}`,
      );
    expect(starts().slice(0, 5)).toEqual([
      expect.stringMatching(/^caller in INVITE/),
      'caller out SIP/2.0 100',
      'caller out SIP/2.0 401',
      expect.stringMatching(/^caller in ACK/),
      expect.stringMatching(/^caller in INVITE/),
    ]);
    await caller.hangUp('normal');
    await until('the signalling is told', () => host.told.has(id));
    expect(starts().at(-1)).toBe('caller in SIP/2.0 200');
    expect(JSON.stringify(host.told.get(id))).toContain('Authorization: Digest ••••');
    expect(JSON.stringify(host.told.get(id))).not.toContain('response=');
  });
});

describe('phones', () => {
  it('register and are told, list their contact, and take it back', async () => {
    const ann = await registered('ann');
    expect(host.changes.at(-1)).toMatchObject({
      kind: 'phone',
      username: 'ann',
      bindings: [{ contact: `sip:ann@127.0.0.1:${ann.port}` }],
    });
    const again = await ann.register(60);
    expect(again.headers.get('Contact')).toMatch(/;expires=60$/);
    await ann.register(0);
    expect(host.changes.at(-1)).toMatchObject({ kind: 'phone', username: 'ann', bindings: [] });
  });

  it('hear another phone before it answers when it lets itself be heard, and else ring as they do', async () => {
    const calls: PhoneCall[] = [];
    await registered('bob', { behaviour: 'rings', called: (call) => calls.push(call) });
    const ann = await registered('ann');
    const call = await ann.call('bob');
    await until('bob rings', () => calls.length === 1 && call.state === 'ringing');
    const progress = () =>
      ann.received.filter((message) => message.kind === 'response' && message.status > 100 && message.status < 200);
    expect(progress().map(({ body }) => body.length)).toEqual([0]);

    calls[0]!.talk(1_000, 500);
    await until('the description came', () => media.sessions[1]!.configured.length > 0);
    expect(media.sessions[0]!.hears).toBe(null);
    media.sessions[1]!.tell({ type: 'media-started' });
    await until('ann hears', () => media.sessions[0]!.hears === media.sessions[1]);
    await until('ann is told', () => progress().length === 2);
    expect(progress()[1]!.body.length).toBeGreaterThan(0);
    await calls[0]!.answer();
    await until('they talk', () => media.sessions[0]!.bridged === media.sessions[1]);
    expect(media.sessions[0]!.hears).toBe(null);
  });

  it('are asked for their password when they call, and then are who they say', async () => {
    const ann = await registered('ann');
    await ann.call('1000');
    await until('the call came', () => host.offers.length > 0);
    expect(host.offers[0]).toMatchObject({
      from: 'ann',
      phone: 'ann',
      to: '1000',
      trunk: null,
      sourceAddress: '127.0.0.1',
    });
    expect(ann.received.filter((message) => message.kind === 'response' && message.status === 401)).toHaveLength(2);
  });

  it('with a wrong password, and callers who pretend to be one, are challenged and go no further', async () => {
    host.addPhone('ann', 'secret');
    const thief = await phone({ username: 'ann', password: 'guess' });
    expect((await thief.register()).status).toBe(401);
    const call = await thief.call('1000');
    await until('the call is refused', () => call.state === 'ended');
    expect(call.status).toBe(401);
    expect(host.offers).toEqual([]);
  });

  it('call each other: it rings, both are connected, one hangs up', async () => {
    const ann = await registered('ann');
    const bob = await registered('bob', { behaviour: 'rings' });
    const call = await ann.call('bob');
    await until('both ring', () => call.state === 'ringing' && bob.calls.size === 1);
    const [atBob] = bob.calls.values();
    await atBob!.answer();
    await until('both talk', () => call.state === 'answered' && media.sessions.some(({ bridged }) => bridged !== null));
    await atBob!.hangUp();
    await until('both are free', () => call.state === 'ended' && telephony.open.calls === 0);
  });

  it('that are busy, and phones that are not there, are told to the caller', async () => {
    const ann = await registered('ann');
    await registered('bob', { behaviour: 'busy' });
    host.addPhone('eve', 'secret');
    const toBob = await ann.call('bob');
    const toEve = await ann.call('eve');
    await until('both are refused', () => toBob.state === 'ended' && toEve.state === 'ended');
    expect([toBob.status, toEve.status]).toEqual([486, 480]);
  });

  it('ring at every place where they are registered; the first to answer has the call', async () => {
    const first = await registered('bob', { behaviour: 'rings' });
    const second = await phone({ username: 'bob', password: 'secret', behaviour: 'rings' });
    await second.register();
    const { channel } = await answered();
    const dialling = channel.dial({ ...LEG, to: 'phone:bob' }, never());
    await until('both ring', () => first.calls.size === 1 && second.calls.size === 1);
    await [...second.calls.values()][0]!.answer();
    expect((await dialling).outcome).toBe('answered');
    await until('the other stops ringing', () => [...first.calls.values()][0]!.state === 'ended');
    await channel.hangUp('normal');
  });

  it('send keys by INFO', async () => {
    const { channel, caller } = await answered();
    expect(await caller.pressByInfo('5')).toBe(200);
    expect(await caller.pressByInfo('11')).toBe(200);
    expect(channel.caller.digits.waiting).toBe('5#');
  });

  it('that send one key in two ways press it once; the same key again is another press', async () => {
    const { channel, caller } = await answered();
    const digits: string[] = [];
    channel.subscribe((event) => event.name === 'digit.received' && digits.push(`${event.digit} ${event.method}`));
    const inMedia = (digit: string, method: 'rfc4733' | 'in-band') =>
      media.sessions[0]!.tell({ type: 'digit', digit, method, durationMs: 100 });
    inMedia('5', 'rfc4733');
    await caller.pressByInfo('5');
    inMedia('5', 'in-band');
    expect(digits).toEqual(['5 rfc4733']);
    inMedia('6', 'rfc4733');
    inMedia('6', 'rfc4733');
    expect(digits).toEqual(['5 rfc4733', '6 rfc4733', '6 rfc4733']);
    await passed(500);
    await caller.pressByInfo('6');
    expect(channel.caller.digits.waiting).toBe('5666');
  });
});

describe('strangers', () => {
  it('reach numbers, with separators removed, and nothing else', async () => {
    await registered('bob');
    const stranger = await phone();
    const number = await stranger.call('10-00');
    await until('the number rings', () => host.offers.length === 1);
    expect(host.offers[0]).toMatchObject({ to: '1000', phone: null });
    for (const to of [
      'bob',
      'nobody',
      'scenario%3Afront-desk',
      'phone%3Abob',
      'trunk%3Acarrier%2F1',
      '%2B15550100',
      'scenario.0123456789abcdef0123456789abcdef',
    ]) {
      const call = await stranger.call(to);
      await until(`${to} is refused`, () => call.state === 'ended');
      expect([to, call.status]).toEqual([to, 404]);
    }
    await number.hangUp();
    await until('the call has ended', () => telephony.open.calls === 0);
  });

  it('learn nothing from REGISTER: who exists and who does not are answered alike', async () => {
    host.addPhone('ann', 'secret');
    const shape = async (username: string) => {
      const response = await (await phone({ username, password: 'guess' })).register();
      return [
        response.status,
        ...[...response.headers]
          .filter(({ name }) => !['Via', 'From', 'To', 'Call-ID', 'WWW-Authenticate'].includes(name))
          .map(({ name, value }) => `${name}: ${value}`),
        response.headers.all('WWW-Authenticate').length,
      ];
    };
    expect(await shape('nobody')).toEqual(await shape('ann'));
  });

  it('cannot guess for ever: after ten wrong passwords the right one is of no use for a while', async () => {
    host.addPhone('ann', 'secret');
    for (let i = 0; i < 10; i++) await (await phone({ username: 'ann', password: `guess${i}` })).register();
    expect((await (await phone({ username: 'ann', password: 'secret' })).register()).status).toBe(401);
  });

  it('make no outbound leg by REFER, Replaces or a redirection (gate E1)', async () => {
    const carrier = await phone({ username: 'carrier' });
    host.trunkList.push(trunkAt(carrier.port));
    await telephony.refresh();
    const { channel, caller } = await answered();
    const refer = (inDialog: boolean): SipRequest => ({
      kind: 'request',
      method: 'REFER',
      uri: `sip:1000@127.0.0.1:${telephony.sipPort}`,
      headers: Headers.of([
        ['Max-Forwards', '70'],
        ['From', '<sip:stranger@192.0.2.9>;tag=x'],
        ['To', `<sip:1000@127.0.0.1>${inDialog ? `;tag=${caller.remoteTag}` : ''}`],
        ['Call-ID', inDialog ? caller.callId : 'refer'],
        ['CSeq', '77 REFER'],
        ['Refer-To', '<sip:+15550100@127.0.0.1>'],
      ]),
      body: NO_BODY,
    });
    const stranger = await phone();
    expect((await stranger.ask(refer(false))).status).toBe(403);
    expect((await stranger.ask(refer(true))).status).toBe(403);
    const replacing = await stranger.call('1000', { Replaces: [`${caller.callId};to-tag=a;from-tag=b`] });
    await until('a call of its own came', () => host.offers.length === 2);
    await replacing.hangUp();
    expect(channel.state).toBe('answered');

    // A phone that redirects does not choose whom we call.
    const bob = await registered('bob', { behaviour: 'rings' });
    const dialling = channel.dial({ ...LEG, to: 'phone:bob' }, never());
    await until('bob rings', () => bob.calls.size === 1);
    const invite = bob.received.find(
      (message): message is SipRequest => message.kind === 'request' && message.method === 'INVITE',
    )!;
    bob.send(replyTo(invite, 302, { toTag: 'b', headers: [['Contact', `<sip:+15550100@127.0.0.1:${carrier.port}>`]] }));
    expect(await dialling).toEqual({ outcome: 'failed', cause: 'failed' });
    expect(carrier.received).toEqual([]);
    await channel.hangUp('normal');
  });

  it.each([
    ['169.254.7.7', 4000],
    ['224.0.0.9', 4000],
    ['0.0.0.1', 4000],
  ])('who name %s for their media are refused (488)', async (address, port) => {
    host.accepted = (channel) => void channel.caller.answer({ headers: {} }).catch(() => undefined);
    await telephony.stop();
    telephony = engine({ egressAllowed: () => false });
    await telephony.start();
    const stranger = await phone();
    const request = stranger.request('INVITE', '1000', {
      cseq: 1,
      callId: 'evil',
      tag: 'e',
      fields: [['Content-Type', 'application/sdp']],
      body: Buffer.from(
        `v=0\r\no=- 1 1 IN IP4 ${address}\r\ns=-\r\nc=IN IP4 ${address}\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0\r\n`,
      ),
    });
    expect((await stranger.ask(request)).status).toBe(488);
    await until('the call has ended', () => telephony.open.calls === 0);
  });
});

describe('the media of a caller', () => {
  it('that we do not speak is refused with 488 and a warning that says why', async () => {
    const encrypted =
      'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/SAVP 0\r\n';
    const caller = await phone();
    const request = caller.request('INVITE', '1000', {
      cseq: 1,
      callId: 'srtp',
      tag: 'e',
      fields: [['Content-Type', 'application/sdp']],
      body: Buffer.from(encrypted),
    });
    const refusal = await caller.ask(request);
    expect(refusal.status).toBe(488);
    expect(refusal.headers.get('Warning')).toMatch(/^302 callwright "Incompatible transport protocol/);
    expect(host.offers).toEqual([]);
  });

  it('is expected to send from the answer on, whatever it did while it rang', async () => {
    const { channel } = await answered();
    expect(media.sessions[0]!.watched).toBe(true);
    await channel.hangUp('normal');
  });
});

describe('trunks', () => {
  it('are called with caller, number and password', async () => {
    const carrier = await phone({ behaviour: 'rings' });
    host.trunkList.push(trunkAt(carrier.port));
    await telephony.refresh();
    const channel = await telephony.originate({
      callId: 'c1',
      workspaceId: 'w',
      to: '+15550100',
      from: '+15550199',
      timeoutMs: 5000,
      headers: { 'X-Job': ['7'], Route: ['<sip:evil>'] },
    });
    await until('the carrier was called', () => carrier.received.length > 0);
    const first = carrier.received[0] as SipRequest;
    expect(first.uri).toBe(`sip:+15550100@127.0.0.1:${carrier.port}`);
    expect(first.headers.get('From')).toMatch(/^<sip:\+15550199@127\.0\.0\.1>;tag=/);
    expect([first.headers.get('X-Job'), first.headers.get('Route')]).toEqual(['7', undefined]);
    await channel.hangUp('normal');
  });

  it('that ask for the password get it, once, for the realm that they named first', async () => {
    const carrier = await phone({ behaviour: 'busy' });
    const challenge = (realm: string) => `Digest realm="${realm}", nonce="n1", qop="auth", algorithm=SHA-256`;
    const trunk = trunkAt(carrier.port);
    host.trunkList.push(trunk);
    await telephony.refresh();
    const authorizations: (string | undefined)[] = [];
    const answer = carrier.send.bind(carrier);
    // The carrier challenges whatever comes; a second challenge for another realm must not be answered.
    carrier.send = (message, port) => {
      if (message.kind !== 'response' || message.status < 300) return answer(message, port);
      const invite = carrier.received
        .filter((request): request is SipRequest => request.kind === 'request' && request.method === 'INVITE')
        .at(-1)!;
      authorizations.push(invite.headers.get('Authorization'));
      answer(
        replyTo(invite, 401, {
          toTag: 'c',
          headers: [['WWW-Authenticate', challenge(authorizations.length === 1 ? 'carrier' : 'elsewhere')]],
        }),
        port,
      );
    };
    const channel = await telephony.originate({
      callId: 'c1',
      workspaceId: 'w',
      to: '+15550100',
      timeoutMs: 5000,
      headers: {},
    });
    await until('it was refused', () => channel.state === 'ended');
    expect(channel.cause).toBe('rejected');
    expect(authorizations).toHaveLength(2);
    const given = readAuthHeader(authorizations[1]!)!.params;
    const expected = new DigestClient({
      username: 'me',
      password: 'secret',
      realm: null,
      hash: digestHash,
      random: () => given.get('cnonce')!,
    });
    expected.accept([challenge('carrier')], 0);
    expect(authorizations[1]).toBe(expected.authorize('INVITE', `sip:+15550100@127.0.0.1:${carrier.port}`));
  });

  it('keep us registered, and say so', async () => {
    const carrier = await phone();
    const registers: SipRequest[] = [];
    carrier.behaviour = 'answers';
    host.trunkList.push(trunkAt(carrier.port, { register: true }));
    const answer = carrier.send.bind(carrier);
    carrier.send = (message, port) => {
      const register = carrier.received.at(-1);
      if (register?.kind !== 'request' || register.method !== 'REGISTER') return answer(message, port);
      registers.push(register);
      const known = register.headers.has('Authorization');
      const headers = known
        ? [['Contact', `${register.headers.get('Contact')};expires=120`]]
        : [['WWW-Authenticate', 'Digest realm="c", nonce="n", qop="auth"']];
      answer(replyTo(register, known ? 200 : 401, { toTag: 'c', headers: headers as [string, string][] }), port);
    };
    await telephony.refresh();
    await until('it is registered', () =>
      host.changes.some((change) => change.kind === 'trunk' && change.state === 'registered'),
    );
    expect(registers.map((register) => cseqOf(register).number)).toEqual([1, 2]);
    await telephony.stop();
    expect(registers.at(-1)?.headers.get('Expires')).toBe('0');
  });

  it('that are not there fail the registration, with a reason', async () => {
    host.trunkList.push(trunkAt(9, { register: true, host: 'no-such-host.invalid' }));
    await telephony.refresh();
    await until('it has failed', () =>
      host.changes.some((change) => change.kind === 'trunk' && change.state === 'failed'),
    );
    expect(host.changes.at(-1)).toMatchObject({ state: 'failed', reason: 'no answer' });
  });

  it('are recognised by where their calls come from', async () => {
    host.trunkList.push(trunkAt(5060, { sources: ['127.0.0.0/30'] }));
    await telephony.refresh();
    await (await phone({ username: '+15550101' })).call('1000');
    await until('the call came', () => host.offers.length > 0);
    expect(host.offers[0]).toMatchObject({ trunk: 'carrier', from: '+15550101', phone: null });
  });
});

describe('scenarios', () => {
  it('call each other through our own port, as calls of their own', async () => {
    const offers: IncomingOffer[] = [];
    const { channel } = await answered();
    host.accepted = (called, offer) => {
      offers.push(offer);
      void called.caller.answer({ headers: {} });
    };
    const dialled = await channel.dial({ ...LEG, to: 'scenario:second' }, never());
    expect(dialled.outcome).toBe('answered');
    expect(offers).toMatchObject([{ to: 'scenario:second', phone: null, trunk: null }]);
    expect(offers[0]?.callId).not.toBe(channel.id);
    await channel.hangUp('normal');
    await until('both calls have ended', () => telephony.open.calls === 0);
  });

  it('reach each other also where the public address does not lead back', async () => {
    await telephony.stop();
    telephony = engine({ sipHost: '0.0.0.0', publicAddress: '203.0.113.7' });
    await telephony.start();
    const { channel, caller } = await answered();
    expect(Object.values(caller.answerHeaders).flat().join()).toContain('203.0.113.7');
    host.accepted = (called) => void called.caller.answer({ headers: {} });
    expect((await channel.dial({ ...LEG, to: 'scenario:second' }, never())).outcome).toBe('answered');
    expect(media.sessions.at(-1)?.configured.at(-1)?.remoteAddress).toBe('127.0.0.1');
    await channel.leg('agent')?.hangUp('normal');
    await until('the second call has ended', () => telephony.open.calls === 1);
    await channel.hangUp('normal');
  });
});

describe('a caller without an offer', () => {
  it('gets ours, and its ACK brings the answer', async () => {
    host.accepted = (channel) => void channel.caller.answer({ headers: {} });
    const caller = await phone();
    const invite = caller.request('INVITE', '1000', { cseq: 1, callId: 'late', tag: 'l' });
    const response = await caller.ask(invite);
    expect(response.status).toBe(200);
    const sdp = Buffer.from(response.body).toString();
    expect(sdp).toContain('m=audio 20000 RTP/AVP 0 8 101');
    expect(host.channels[0]?.state).toBe('incoming');
    const ack: SipRequest = {
      ...caller.request('ACK', '1000', {
        cseq: 1,
        callId: 'late',
        tag: 'l',
        fields: [['Content-Type', 'application/sdp']],
      }),
      body: Buffer.from(
        'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n',
      ),
    };
    ack.headers
      .set('To', response.headers.get('To')!)
      .prepend('Via', `SIP/2.0/UDP 127.0.0.1:${caller.port};branch=z9hG4bKlateack`);
    caller.send(ack);
    await until('it is answered', () => host.channels[0]?.state === 'answered');
    expect(media.sessions[0]?.configured.at(-1)).toMatchObject({ codec: 'PCMA', remotePort: 4000 });
    await host.channels[0]?.hangUp('normal');
  });
});

describe('capacity', () => {
  it('without ports calls are refused at once, with a jittered Retry-After, and OPTIONS says so', async () => {
    media.freePorts = 0;
    const stranger = await phone();
    const began = performance.now();
    const invite = stranger.request('INVITE', '1000', {
      cseq: 1,
      callId: 'full',
      tag: 'f',
      fields: [['Content-Type', 'application/sdp']],
      body: Buffer.from('v=0'),
    });
    const response = await stranger.ask(invite);
    // 50 ms are judged by the benchmark of overload; here, that nothing is waited for.
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThanOrEqual(5);
    const options = await stranger.ask(stranger.request('OPTIONS', '1000', { cseq: 1, callId: 'o', tag: 'o' }));
    expect(options.status).toBe(503);
    expect(telephony.health()).toMatchObject({ ready: false, reasons: ['no RTP ports are free'] });
    expect(host.offers).toEqual([]);
    media.freePorts = 100;
    expect((await stranger.ask(stranger.request('OPTIONS', '1000', { cseq: 2, callId: 'o', tag: 'o' }))).status).toBe(
      200,
    );
  });

  it('refused by the host is a 503 with its Retry-After', async () => {
    host.admitOther = () => ({ verdict: 'refuse', reason: 'no-capacity', retryAfterS: 42 });
    const stranger = await phone();
    const call = await stranger.call('1000');
    await until('it is refused', () => call.state === 'ended');
    const refusal = stranger.received.find((message) => message.kind === 'response' && message.status === 503);
    expect(refusal?.headers.get('Retry-After')).toBe('42');
  });

  it('while draining new calls are refused and running ones go on (gate G4)', async () => {
    const { channel } = await answered();
    telephony.drain();
    const late = await (await phone()).call('1000');
    await until('the new call is refused', () => late.state === 'ended');
    expect(late.status).toBe(503);
    expect(channel.state).toBe('answered');
    await channel.hangUp('normal');
  });

  it('stopping says goodbye to everybody', async () => {
    const { channel, caller } = await answered();
    const waiting = await (await phone()).call('1000');
    await until('the second call came', () => host.channels.length === 2);
    await telephony.stop();
    expect([channel.state, channel.cause, caller.state]).toEqual(['ended', 'interrupted', 'ended']);
    await until('who was not answered is refused', () => waiting.state === 'ended');
    expect(waiting.status).toBe(480);
  });
});

describe('a crash', () => {
  it('is followed by a goodbye in every session that was open, and in no other', async () => {
    const journalPath = join(host.folder, 'sessions');
    await telephony.stop();
    telephony = engine({ journalPath });
    await telephony.start();
    const bob = await registered('bob');
    const { channel, caller } = await answered();
    await channel.dial({ ...LEG, to: 'phone:bob' }, never());
    const over = await answered();
    await over.channel.hangUp('normal');
    await until('the file is written', () => readFileSync(journalPath, 'utf8').split('\n').length === 5);
    // What a process leaves behind that is killed now.
    const left = readFileSync(journalPath);
    const [atBob] = bob.calls.values();
    bob.received.length = 0;

    const laterPath = join(host.folder, 'later');
    writeFileSync(laterPath, left);
    const next = engine({ journalPath: laterPath });
    await next.start();
    await until('both far ends heard it', () => caller.state === 'ended' && atBob!.state === 'ended');
    expect(bob.received.map((message) => (message.kind === 'request' ? message.method : message.status))).toEqual([
      'BYE',
    ]);
    await until('nothing is left', () => readFileSync(laterPath, 'utf8').split('\n').length === 5);
    await next.stop();
    await channel.hangUp('normal');
  });
});

describe('media that fails', () => {
  it('ends the leg when nothing comes for a minute', async () => {
    const { channel, caller } = await answered();
    media.sessions[0]!.tell({ type: 'media-silent', ms: 5000 });
    expect(channel.state).toBe('answered');
    media.sessions[0]!.tell({ type: 'media-silent', ms: 60_000 });
    await until('the call has ended', () => caller.state === 'ended');
    expect(channel.cause).toBe('media-timeout');
  });

  it('ends the leg when its worker died', async () => {
    const { channel, caller } = await answered();
    media.sessions[0]!.tell({ type: 'media-failed', message: 'it died' });
    await until('the call has ended', () => caller.state === 'ended');
    expect(channel.cause).toBe('failed');
  });
});

describe('TCP', () => {
  const open = async () => {
    const socket = connect(telephony.sipPort, '127.0.0.1');
    await once(socket, 'connect');
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString()));
    return { socket, text: () => text };
  };
  const options = (callId: string) =>
    `OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK${callId}\r\nFrom: <sip:p@x>;tag=p\r\nTo: <sip:x@y>\r\nCall-ID: ${callId}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n`;

  it('takes one byte at a time, and many messages at once', async () => {
    const { socket, text } = await open();
    for (const byte of Buffer.from(options('slow'))) socket.write(Buffer.of(byte));
    socket.write(Array.from({ length: 50 }, (_, n) => options(`n${n}`)).join(''));
    await until('every answer came', () => text().split('SIP/2.0 200 OK').length === 52);
    socket.destroy();
  });

  it('answers pings, and closes what is no SIP', async () => {
    const { socket, text } = await open();
    socket.write('\r\n\r\n');
    await until('the pong came', () => text() === '\r\n');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'close');
  });
});

it('what is no SIP at all is answered with nothing and disturbs nobody', async () => {
  const stranger = await phone();
  for (const garbage of [
    '',
    '\0',
    'hello',
    'INVITE',
    'SIP/2.0 200',
    `OPTIONS sip:x SIP/2.0\r\n${'a'.repeat(60_000)}`,
    Buffer.alloc(60_000, 0xff),
  ])
    stranger.sendRaw(garbage);
  await passed(50);
  expect(stranger.received).toEqual([]);
  expect((await stranger.ask(stranger.request('OPTIONS', 'x', { cseq: 1, callId: 'alive', tag: 'a' }))).status).toBe(
    200,
  );
});
