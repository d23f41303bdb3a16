import type { Route } from '@callwright/channel-contract';
import { VirtualClock } from '@callwright/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConferenceRooms } from './conference.js';
import { EmbeddedCall, type CallHost } from './embedded-call.js';
import { LegMedia } from './leg-media.js';
import { OutgoingLine } from './outgoing-line.js';
import type { OutgoingInvite, OutgoingInviteHandlers } from './sip/outgoing-invite.js';
import { Link } from './sip/testing/link.js';
import { FakeMediaSession } from './testing/fake-media.js';
import { TestHost } from './testing/test-host.js';
import type { Way } from './ways.js';

const ROUTE: Route = { kind: 'phone', username: 'bob' };

let link: Link;
let call: EmbeddedCall;
let groups: readonly (readonly Way[])[];
/** Every INVITE that was sent: to whom, and the handlers by which the test answers it. */
let invites: { uri: string; handlers: OutgoingInviteHandlers; cancelled: boolean }[];

const way = (uri: string): Way => ({
  uri,
  flow: link.host('192.0.2.1').flowTo({ transport: 'udp', address: '192.0.2.2', port: 5060 }),
  fromHost: null,
  fromUser: null,
  digest: null,
});
const uris = () => invites.map(({ uri }) => uri);

beforeEach(() => {
  const clock = new VirtualClock();
  link = new Link(clock);
  invites = [];
  const test = new TestHost();
  const host: CallHost = {
    clock,
    logger: test.logger,
    prompts: test.prompts,
    recordings: test.recordings,
    faxes: { store: test.faxes, available: { available: true } },
    rooms: new ConferenceRooms(),
    mediaTimeoutMs: 60_000,
    route: () => Promise.resolve(ROUTE),
    place: (_call, leg) => {
      const media = new LegMedia({
        session: new FakeMediaSession(4000),
        localAddress: '192.0.2.1',
        peerAddress: '192.0.2.2',
        mayReach: () => true,
        isDirect: () => true,
        mayBeLoopback: () => false,
      });
      const line = new OutgoingLine({
        leg,
        media,
        invite: ({ uri }, handlers) => {
          const invite = { uri, handlers, cancelled: false };
          invites.push(invite);
          return { cancel: () => (invite.cancelled = true) } as unknown as OutgoingInvite;
        },
      });
      leg.connect(line, media);
      line.dial(groups);
      return Promise.resolve();
    },
    ended: () => test.dispose(),
  };
  call = new EmbeddedCall(host, {
    id: 'c',
    workspaceId: 'w',
    direction: 'outbound',
    from: '',
    to: 'phone:bob',
    headers: {},
    uri: 'phone:bob',
  });
});

describe('ways of different groups', () => {
  beforeEach(async () => {
    groups = [[way('sip:first')], [way('sip:second')]];
    call.begin(ROUTE, { timeoutMs: 30_000, headers: {} });
    await link.pass(0);
  });

  it('are tried one after the other when one shows no sign of life, within 5 s (B5)', async () => {
    await link.pass(3900);
    expect(uris()).toEqual(['sip:first']);
    await link.pass(200);
    expect(uris()).toEqual(['sip:first', 'sip:second']);
    expect(invites[0]?.cancelled).toBe(true);
  });

  it('are tried at once when one cannot be reached or has no capacity', () => {
    invites[0]!.handlers.failed(503, null);
    expect(uris()).toEqual(['sip:first', 'sip:second']);
    invites[1]!.handlers.failed(null, null);
    expect(call.cause).toBe('unreachable');
  });

  it('are not tried when the far end says no, or rings', async () => {
    invites[0]!.handlers.progress(180, null);
    await link.pass(20_000);
    expect(uris()).toEqual(['sip:first']);
    invites[0]!.handlers.failed(486, null);
    expect([call.state, call.cause, uris().length]).toEqual(['ended', 'busy', 1]);
  });
});

describe('ways of one group', () => {
  beforeEach(async () => {
    groups = [[way('sip:desk'), way('sip:mobile')]];
    call.begin(ROUTE, { timeoutMs: 30_000, headers: {} });
    await link.pass(0);
  });

  it('ring together; the call fails with the refusal that says most when all have refused', () => {
    expect(uris()).toEqual(['sip:desk', 'sip:mobile']);
    invites[0]!.handlers.failed(486, null);
    expect(call.state).toBe('calling');
    invites[1]!.handlers.failed(null, null);
    expect(call.cause).toBe('busy');
  });

  it('are all cancelled when the call is given up', async () => {
    await call.hangUp('normal');
    expect(invites.every(({ cancelled }) => cancelled)).toBe(true);
  });

  it('are all cancelled when nobody answers in time', async () => {
    await link.pass(31_000);
    expect([call.cause, invites.every(({ cancelled }) => cancelled)]).toEqual(['no-answer', true]);
  });
});
