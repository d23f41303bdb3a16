import { replyTo, toTagOf, type SipMessage, type SipRequest } from '@callwright/sip';
import { describe, expect, it } from 'vitest';
import { agentOn, ANSWER, OFFER, short } from './testing/agents.js';
import { Link } from './testing/link.js';

async function pair() {
  const link = new Link();
  const ann = await agentOn(link, '192.0.2.1');
  const bob = await agentOn(link, '192.0.2.2');
  const start = link.clock.now();
  /** When messages of that form were sent, in seconds from the start. */
  const times = (form: string) =>
    link.sent.filter(({ message }) => short(message) === form).map(({ at }) => (at - start) / 1000);
  const flow = () => link.sent.map(({ message }) => short(message));
  const left = () => [ann.agent.size, bob.agent.size];
  return { link, ann, bob, times, flow, left };
}
/** The same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = (seed * 48_271) % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
const NOTHING = { sessions: 0, servers: 0, clients: 0 };

describe('a call between two agents', () => {
  it('is set up and cleared message by message (RFC 3665 section 3.1)', async () => {
    const { link, ann, bob, flow, left } = await pair();
    bob.onInvite = (invite) => {
      invite.progress(180, null);
      link.clock.at(link.clock.now() + 1000, () => invite.answer(new Uint8Array()));
    };
    ann.call(bob);
    await link.pass(2000);
    ann.seen.sessions[0]!.hangUp();
    await link.pass(1000);
    expect(flow()).toEqual(['INVITE', '100 INVITE', '180 INVITE', '200 INVITE', 'ACK', 'BYE', '200 BYE']);
    expect(ann.seen.progress).toEqual([180]);
    expect(bob.seen.ended).toEqual(['bye']);
    await link.pass(42_000);
    expect(left()).toEqual([NOTHING, NOTHING]);
  });

  // Reliability B2; the longer run with real sockets is in test/calls.
  it.each([
    { loss: 0.1, setUp: 0.995, cleared: 0.99 },
    { loss: 0.2, setUp: 0.99, cleared: 0.98 },
    { loss: 0.3, setUp: 0.97, cleared: 0.95 },
  ])(
    'is set up and cleared over a line that loses $loss each way, doubles and delays, and leaves nothing over',
    async ({ loss, setUp, cleared }) => {
      const CALLS = 200;
      let answered = 0;
      let ended = 0;
      for (let seed = 1; seed <= CALLS; seed++) {
        const { link, ann, bob, left } = await pair();
        const next = randomFrom(seed);
        link.fate = () =>
          next() < loss ? [] : next() < 0.05 ? [30 + next() * 40, 30 + next() * 400] : [30 + next() * 40];
        ann.call(bob);
        await link.pass(33_000);
        const [session] = ann.seen.sessions;
        expect(bob.seen.invites.length).toBeLessThanOrEqual(1);
        if (session && !session.ended) {
          answered += 1;
          (seed % 2 ? session : bob.seen.invites[0]!.session).hangUp();
        }
        await link.pass(110_000);
        if (ann.seen.ended.length === 1 && bob.seen.ended.length === 1) ended += 1;
        expect(left(), `seed ${seed}`).toEqual([NOTHING, NOTHING]);
      }
      expect(answered / CALLS).toBeGreaterThanOrEqual(setUp);
      expect(ended / CALLS).toBeGreaterThanOrEqual(cleared);
    },
    60_000,
  );
});

describe('timers (gate B1)', () => {
  it('send an INVITE seven times to nobody, and give up after 32 s', async () => {
    const { link, ann, bob, times } = await pair();
    link.fate = () => [];
    ann.call(bob);
    await link.pass(40_000);
    expect(times('INVITE')).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5]);
    expect(ann.seen.failures).toEqual([null]);
  });

  it('send a 200 without ACK at 0, 0.5, 1.5, 3.5, 7.5, 11.5 … s, eleven times, and BYE at 32 s', async () => {
    const { link, ann, bob, times } = await pair();
    link.fate = (message) => (short(message) === 'ACK' ? [] : [0]);
    ann.call(bob);
    await link.pass(40_000);
    expect(times('200 INVITE')).toEqual([0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]);
    expect(times('BYE')).toEqual([32]);
    expect(bob.seen.ended).toEqual(['no-ack']);
    // Each of the eleven was acknowledged.
    expect(times('ACK')).toHaveLength(11);
  });

  it('repeat a refusal until its ACK, at most for 32 s', async () => {
    const { link, ann, bob, times, left } = await pair();
    bob.onInvite = (invite) => invite.reject(486);
    link.fate = (message) => (short(message) === 'ACK' ? [] : [0]);
    ann.call(bob);
    await link.pass(40_000);
    expect(times('486 INVITE')).toEqual([0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]);
    expect(ann.seen.failures).toEqual([486]);
    await link.pass(60_000);
    expect(left()).toEqual([NOTHING, NOTHING]);
  });
});

describe('repetitions (gate B3)', () => {
  it('of every message make one call with one tag', async () => {
    const { link, ann, bob, left } = await pair();
    link.fate = () => [10, 11, 300];
    ann.call(bob);
    await link.pass(3000);
    expect(bob.seen.invites).toHaveLength(1);
    expect(ann.seen.sessions).toHaveLength(1);
    ann.seen.sessions[0]!.hangUp();
    await link.pass(100_000);
    expect(bob.seen.ended).toEqual(['bye']);
    const tags = new Set(
      link.sent.flatMap(({ message }) => (short(message) === '200 INVITE' ? [toTagOf(message)] : [])),
    );
    expect(tags.size).toBe(1);
    expect(left()).toEqual([NOTHING, NOTHING]);
  });

  it('of an INVITE that took two paths are told apart (482)', async () => {
    const { link, ann, bob } = await pair();
    bob.onInvite = () => undefined;
    ann.call(bob);
    await link.pass(100);
    const invite = link.sent[0]!.message as SipRequest;
    const other = invite.headers.clone().set('Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKother');
    ann.host.send({ ...invite, headers: other }, bob.host.address);
    await link.pass(100);
    expect(link.sent.map(({ message }) => short(message))).toContain('482 INVITE');
    expect(bob.seen.invites).toHaveLength(1);
  });

  it('of a CANCEL before and after its INVITE cancel once', async () => {
    const { link, ann, bob, left } = await pair();
    bob.onInvite = (invite) => invite.progress(180, null);
    link.fate = (message) => (short(message) === 'CANCEL' ? [5, 6, 200] : [10]);
    const invite = ann.call(bob);
    await link.pass(500);
    invite.cancel();
    await link.pass(60_000);
    expect(bob.seen.cancelled).toBe(1);
    expect(ann.seen.failures).toEqual([487]);
    // The answers to the INVITE and to the CANCEL have one tag (RFC 3261 section 9.2).
    const tags = link.sent.flatMap(({ message }) =>
      ['180 INVITE', '487 INVITE', '200 CANCEL'].includes(short(message)) ? [toTagOf(message)] : [],
    );
    expect(tags.length).toBeGreaterThanOrEqual(3);
    expect(new Set(tags).size).toBe(1);
    expect(left()).toEqual([NOTHING, NOTHING]);
  });

  it('of an INFO that comes after a later one are refused (500)', async () => {
    const { link, ann, bob } = await pair();
    ann.call(bob);
    await link.pass(500);
    link.fate = (message: SipMessage) =>
      short(message) === 'INFO' && message.headers.get('Content-Type') === 'a/slow' ? [900] : [10];
    const session = ann.seen.sessions[0]!;
    const slow = session.tell('INFO', 'a/slow', new Uint8Array([1]));
    await link.pass(20);
    const quick = session.tell('INFO', 'a/quick', new Uint8Array([1]));
    await link.pass(3000);
    expect(await Promise.all([slow, quick])).toEqual([500, 200]);
  });
});

describe('races (RFC 5407)', () => {
  it('a CANCEL that crosses the 200 ends in BYE', async () => {
    const { link, ann, bob, left } = await pair();
    bob.onInvite = (invite) => {
      invite.progress(180, null);
      link.clock.at(link.clock.now() + 100, () => invite.answer(new Uint8Array()));
    };
    const invite = ann.call(bob);
    await link.pass(115);
    invite.cancel();
    await link.pass(60_000);
    expect(bob.seen.cancelled).toBe(0);
    expect(bob.seen.ended).toEqual(['bye']);
    expect(ann.seen.failures).toEqual([487]);
    expect(left()).toEqual([NOTHING, NOTHING]);
  });

  it('a call that is cancelled before anything came back is cancelled with the first response', async () => {
    const { link, ann, bob, flow } = await pair();
    bob.onInvite = (invite) => invite.progress(180, null);
    const invite = ann.call(bob);
    await link.pass(5);
    invite.cancel();
    await link.pass(5);
    expect(flow()).toEqual(['INVITE', '100 INVITE', '180 INVITE']);
    await link.pass(1000);
    expect(flow().filter((form) => form === 'CANCEL')).toHaveLength(1);
    expect(ann.seen.failures).toEqual([487]);
  });

  it('two goodbyes that cross are both answered', async () => {
    const { link, ann, bob, flow, left } = await pair();
    ann.call(bob);
    await link.pass(1000);
    ann.seen.sessions[0]!.hangUp();
    bob.seen.invites[0]!.session.hangUp();
    await link.pass(1000);
    expect(flow().filter((form) => form.endsWith(' BYE'))).toEqual(['200 BYE', '200 BYE']);
    await link.pass(60_000);
    expect(left()).toEqual([NOTHING, NOTHING]);
  });

  it('two re-INVITEs that cross are refused (491) and come again one after the other', async () => {
    const { link, ann, bob, flow } = await pair();
    ann.call(bob);
    await link.pass(1000);
    const both = Promise.all([ann.seen.sessions[0]!.reoffer(), bob.seen.invites[0]!.session.reoffer()]);
    await link.pass(20_000);
    expect(await both).toEqual([200, 200]);
    expect(flow()).toContain('491 INVITE');
  });

  it('a goodbye before our ACK waits for nothing, ours waits for the ACK', async () => {
    const { link, ann, bob, flow } = await pair();
    link.fate = (message) => (short(message) === 'ACK' ? [700] : [10]);
    ann.call(bob);
    await link.pass(100);
    bob.seen.invites[0]!.session.hangUp();
    await link.pass(100);
    expect(flow()).not.toContain('BYE');
    await link.pass(2000);
    expect(flow()).toContain('200 BYE');
    expect(ann.seen.ended).toEqual(['bye']);
  });

  it('a caller who says goodbye before the answer has given up', async () => {
    const { link, ann, bob } = await pair();
    bob.onInvite = (invite) => invite.progress(180, null);
    ann.call(bob);
    await link.pass(100);
    const ringing = link.sent.find(({ message }) => short(message) === '180 INVITE')!.message;
    const invite = link.sent[0]!.message as SipRequest;
    const headers = invite.headers
      .clone()
      .set('To', ringing.headers.get('To')!)
      .set('CSeq', '5000 BYE')
      .set('Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKbye');
    ann.host.send({ ...invite, method: 'BYE', headers, body: new Uint8Array() }, bob.host.address);
    await link.pass(1000);
    expect(bob.seen.cancelled).toBe(1);
    expect(ann.seen.failures).toEqual([487]);
  });
});

describe('reliable provisional responses (RFC 3262)', () => {
  const REQUIRED = { headers: [['Require', '100rel']] as const };

  it('are given to a caller who requires them, one after the other, and acknowledged by PRACK', async () => {
    const { link, ann, bob, flow, left } = await pair();
    bob.onInvite = (invite) => {
      invite.progress(180, null);
      invite.progress(183, ANSWER);
      // The 200 waits until the answer that went before it is acknowledged, and does not repeat it.
      link.clock.at(link.clock.now() + 25, () => invite.answer(ANSWER));
    };
    ann.call(bob, REQUIRED);
    await link.pass(1000);
    ann.seen.sessions[0]!.hangUp();
    await link.pass(1000);
    const invite = ['INVITE', '100 INVITE', '180 INVITE', 'PRACK', '200 PRACK', '183 INVITE', 'PRACK', '200 PRACK'];
    expect(flow().sort()).toEqual([...invite, '200 INVITE', 'ACK', 'BYE', '200 BYE'].sort());
    const rseq = ['180 INVITE', '183 INVITE'].map((form) =>
      Number(link.sent.find(({ message }) => short(message) === form)!.message.headers.get('RSeq')),
    );
    expect(rseq[1]).toBe(rseq[0]! + 1);
    expect(link.sent.find(({ message }) => short(message) === '200 INVITE')!.message.body.length).toBe(0);
    expect(ann.seen.progress).toEqual([180, 183]);
    expect(bob.seen.ended).toEqual(['bye']);
    await link.pass(42_000);
    expect(left()).toEqual([NOTHING, NOTHING]);
  });

  it('are repeated, doubling, until the PRACK comes, and told once', async () => {
    const { link, ann, bob, times } = await pair();
    bob.onInvite = (invite) => invite.progress(183, ANSWER);
    let lost = 0;
    link.fate = (message) => (short(message) === 'PRACK' && (lost += 1) <= 3 ? [] : [0]);
    ann.call(bob, REQUIRED);
    await link.pass(10_000);
    expect(times('183 INVITE').length).toBeGreaterThanOrEqual(2);
    expect(times('200 PRACK').length).toBe(1);
    expect(ann.seen.progress).toEqual([183]);
  });

  it('that nobody acknowledges end the call with 504 after 32 s', async () => {
    const { link, ann, bob, times, left } = await pair();
    bob.onInvite = (invite) => invite.progress(183, ANSWER);
    link.fate = (message) => (short(message) === 'PRACK' ? [] : [0]);
    ann.call(bob, REQUIRED);
    await link.pass(33_000);
    expect(times('183 INVITE')).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5]);
    expect(times('504 INVITE')[0]).toBe(32);
    expect(ann.seen.failures).toEqual([504]);
    expect(bob.seen.ended).toEqual(['lost']);
    await link.pass(42_000);
    expect(left()).toEqual([NOTHING, NOTHING]);
  });

  it('of which there is none are not acknowledged (481)', async () => {
    const { link, ann, bob, times } = await pair();
    ann.call(bob);
    await link.pass(1000);
    const prack = ann.seen.sessions[0]!.dialog.request('PRACK');
    prack.headers.prepend('Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKprack').add('RAck', '1 1 INVITE');
    ann.host.send(prack, bob.host.address);
    await link.pass(1000);
    expect(times('481 PRACK').length).toBe(1);
  });

  it('a second offer before the first is answered is refused (500 with Retry-After)', async () => {
    const { link, ann, bob } = await pair();
    bob.onInvite = (invite) => invite.progress(180, null);
    ann.call(bob);
    await link.pass(100);
    const ringing = link.sent.find(({ message }) => short(message) === '180 INVITE')!.message;
    const invite = link.sent[0]!.message as SipRequest;
    const headers = invite.headers
      .clone()
      .set('To', ringing.headers.get('To')!)
      .set('CSeq', '5000 INVITE')
      .set('Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKagain');
    ann.host.send({ ...invite, headers }, bob.host.address);
    await link.pass(100);
    const refusal = link.sent.find(({ message }) => short(message) === '500 INVITE')?.message;
    expect(Number(refusal?.headers.get('Retry-After'))).toBeGreaterThan(0);
  });
});

describe.each(['INVITE', 'UPDATE'])('%s within a session', (method) => {
  it('with a body that is no session description is refused (415), and changes nothing', async () => {
    const { link, ann, bob } = await pair();
    ann.call(bob);
    await link.pass(1000);
    const request = ann.seen.sessions[0]!.dialog.request(method);
    request.headers
      .prepend('Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKforeign')
      .add('Contact', '<sip:elsewhere@192.0.2.9>')
      .add('Content-Type', 'application/isup');
    ann.host.send({ ...request, body: new Uint8Array([1, 2, 3]) }, bob.host.address);
    await link.pass(1000);
    const refusal = link.sent.find(({ message }) => short(message) === `415 ${method}`)?.message;
    expect(refusal?.headers.get('Accept')).toBe('application/sdp');
    bob.seen.invites[0]!.session.hangUp();
    await link.pass(1000);
    expect(link.sent.find(({ message }) => short(message) === 'BYE')?.to).toBe(ann.host.address);
  });
});

describe('UPDATE', () => {
  it('with an offer is answered with ours, without one it only refreshes', async () => {
    const { link, ann, bob } = await pair();
    ann.call(bob);
    await link.pass(1000);
    const { dialog } = ann.seen.sessions[0]!;
    for (const body of [OFFER, new Uint8Array()]) {
      const update = dialog.request('UPDATE');
      update.headers
        .prepend('Via', `SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKupdate${body.length}`)
        .add('Contact', '<sip:ann@192.0.2.1>');
      if (body.length > 0) update.headers.add('Content-Type', 'application/sdp');
      ann.host.send({ ...update, body }, bob.host.address);
    }
    await link.pass(1000);
    const answers = link.sent.filter(({ message }) => short(message) === '200 UPDATE');
    expect(answers.map(({ message }) => message.body.length)).toEqual([ANSWER.length, 0]);
  });
});

describe('within a session', () => {
  it.each([
    ['SUBSCRIBE', 405],
    ['PUBLISH', 405],
    ['UNHEARD', 501],
  ])('%s is refused with %i and what is allowed, and the session goes on', async (method, status) => {
    const { link, ann, bob } = await pair();
    ann.call(bob);
    await link.pass(1000);
    const request = ann.seen.sessions[0]!.dialog.request(method);
    request.headers.prepend('Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKother');
    ann.host.send(request, bob.host.address);
    await link.pass(1000);
    const refusal = link.sent.find(({ message }) => short(message) === `${status} ${method}`)?.message;
    expect(refusal?.headers.get('Allow')).toContain('INVITE, ACK, CANCEL, BYE');
    expect(bob.seen.ended).toEqual([]);
  });
});

describe('a REFER within a session (gate E1)', () => {
  it('is refused (403): nobody but the scenario says whom we call', async () => {
    const { link, ann, bob, flow } = await pair();
    ann.call(bob);
    await link.pass(1000);
    const refer = ann.seen.sessions[0]!.dialog.request('REFER');
    refer.headers.prepend('Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKrefer').add('Refer-To', '<sip:victim@192.0.2.9>');
    ann.host.send(refer, bob.host.address);
    await link.pass(1000);
    expect(flow().slice(-2)).toEqual(['REFER', '403 REFER']);
    expect(link.sent.filter(({ message }) => short(message) === 'INVITE')).toHaveLength(1);
  });
});

describe('what the sockets are told (E5)', () => {
  it('a request that came to nothing, and what is no SIP, is held against its source; a call and its requests are not', async () => {
    const { link, ann, bob } = await pair();
    ann.call(bob);
    await link.pass(1000);
    const callId = link.sent[0]!.message.headers.get('Call-ID')!;
    expect([bob.host.blamed, bob.host.knows(callId), bob.host.knows('other')]).toEqual([0, true, false]);
    const asked = ann.seen.sessions[0]!.tell('INFO', 'a/b', new Uint8Array([1]));
    await link.pass(1000);
    expect(await asked).toBe(200);
    expect(bob.host.blamed).toBe(0);

    bob.onInvite = (invite) => invite.reject(404);
    ann.call(bob);
    await link.pass(1000);
    expect(bob.host.blamed).toBe(1);
    bob.onInvite = (invite) => invite.reject(486);
    ann.call(bob);
    await link.pass(1000);
    expect(bob.host.blamed).toBe(1);

    ann.seen.sessions[0]!.hangUp();
    await link.pass(100_000);
    expect([bob.host.knows(callId), ann.host.knows(callId)]).toEqual([false, false]);
  });
});

describe('two far ends that answer one INVITE (a fork)', () => {
  it('the second is told goodbye, once, however often either repeats its 200', async () => {
    const { link, ann, bob, left } = await pair();
    const carol = link.host('192.0.2.3');
    bob.onInvite = (invite) => invite.answer(ANSWER);
    ann.call(bob);
    await link.pass(1000);
    const answer = link.sent.find(({ message }) => short(message) === '200 INVITE')!.message;
    const headers = answer.headers
      .clone()
      .set('To', '<sip:1000@192.0.2.2>;tag=carol')
      .set('Contact', '<sip:1000@192.0.2.3>');
    for (let n = 0; n < 3; n++) {
      carol.send({ ...answer, headers }, ann.host.address);
      bob.host.send(answer, ann.host.address);
      await link.pass(500);
    }
    const to = (form: string, address: string) =>
      link.sent.filter(({ message, to: place }) => short(message) === form && place === address).length;
    expect([to('ACK', bob.host.address), to('ACK', carol.address)]).toEqual([4, 3]);
    // Nobody is there to answer the BYE: it is sent again, but it is one.
    const goodbyes = link.sent.filter(({ message }) => short(message) === 'BYE');
    expect(new Set(goodbyes.map(({ message }) => message.headers.get('CSeq'))).size).toBe(1);
    expect(goodbyes.every(({ to: place }) => place === carol.address)).toBe(true);
    expect(ann.seen.sessions).toHaveLength(1);
    expect(ann.seen.ended).toEqual([]);
    ann.seen.sessions[0]!.hangUp();
    await link.pass(100_000);
    expect(left()).toEqual([NOTHING, NOTHING]);
  });
});

describe('a far end that is gone', () => {
  it('ends the session when it does not know it any more (481)', async () => {
    const { link, ann, bob } = await pair();
    ann.call(bob);
    await link.pass(1000);
    await bob.agent.stop();
    bob.seen.invites[0]!.session.discard();
    const told = ann.seen.sessions[0]!.tell('INFO', 'a/b', new Uint8Array([1]));
    await link.pass(1000);
    expect(await told).toBe(481);
    expect(ann.seen.ended).toEqual(['lost']);
  });

  it('ends the session when it does not answer', async () => {
    const { link, ann, bob } = await pair();
    ann.call(bob);
    await link.pass(1000);
    link.fate = () => [];
    const told = ann.seen.sessions[0]!.tell('INFO', 'a/b', new Uint8Array([1]));
    await link.pass(33_000);
    expect(await told).toBe(408);
    expect(ann.seen.ended).toEqual(['lost']);
  });

  it('ends a session with a timer that it does not refresh (RFC 4028)', async () => {
    const { link, ann, bob } = await pair();
    ann.call(bob, { headers: [['Session-Expires', '90;refresher=uac']] });
    await link.pass(1000);
    link.fate = (message) => (short(message) === 'INVITE' ? [] : [10]);
    await link.pass(58_000);
    expect(bob.seen.ended).toEqual([]);
    await link.pass(5000);
    expect(bob.seen.ended).toEqual(['expired']);
  });

  it('is refreshed by us when the answering side settled on it', async () => {
    const { link, ann, bob, times } = await pair();
    bob.onInvite = (invite) => invite.answer(ANSWER, [['Session-Expires', '90;refresher=uac']]);
    ann.call(bob);
    await link.pass(200_000);
    expect(ann.seen.ended).toEqual([]);
    expect(times('INVITE').length).toBeGreaterThanOrEqual(4);
  });

  it('is refreshed less often when somebody on the way finds that too often (422)', async () => {
    const { link, ann, bob } = await pair();
    bob.onInvite = (invite) => invite.answer(ANSWER, [['Session-Expires', '90;refresher=uac']]);
    ann.call(bob);
    await link.pass(1000);
    // A proxy refuses the first refresh.
    let refused = false;
    link.fate = (message) => {
      if (short(message) !== 'INVITE' || refused) return [10];
      refused = true;
      const refusal = replyTo(message as SipRequest, 422, { toTag: 'proxy', headers: [['Min-SE', '300']] });
      bob.host.send(refusal, ann.host.address);
      return [];
    };
    await link.pass(60_000);
    const refreshes = link.sent.filter(({ message }) => short(message) === 'INVITE').slice(1);
    expect(refreshes.map(({ message }) => message.headers.get('Session-Expires'))).toEqual([
      '90;refresher=uac',
      '300;refresher=uac',
    ]);
    expect(refreshes[1]!.message.headers.get('Min-SE')).toBe('300');
    expect([ann.seen.ended, bob.seen.ended]).toEqual([[], []]);
  });

  it('is asked for anew, once, when a timer that a proxy asked for is too short (422)', async () => {
    const { link, ann, bob } = await pair();
    link.fate = (message) => {
      if (short(message) !== 'INVITE') return [10];
      const refusal = replyTo(message as SipRequest, 422, { toTag: 'x', headers: [['Min-SE', '2400;x=y']] });
      bob.host.send(refusal, ann.host.address);
      return [];
    };
    ann.call(bob);
    await link.pass(1000);
    const asked = link.sent.filter(({ message }) => short(message) === 'INVITE');
    expect(asked.map(({ message }) => message.headers.get('Session-Expires'))).toEqual([undefined, '2400']);
    expect(ann.seen.failures).toEqual([422]);
  });

  it('keeps a session whose timer we refresh', async () => {
    const { link, ann, bob, times } = await pair();
    ann.call(bob, { headers: [['Session-Expires', '90;refresher=uas']] });
    await link.pass(300_000);
    expect(bob.seen.ended).toEqual([]);
    expect(times('INVITE').length).toBeGreaterThanOrEqual(6);
  });
});

describe('what is refused before anybody looks at the call', () => {
  it('new calls and OPTIONS while nothing is taken (503 with Retry-After)', async () => {
    const { link, ann, bob } = await pair();
    bob.refusesFor = 7;
    ann.call(bob);
    await link.pass(1000);
    const refusal = link.sent.find(({ message }) => short(message) === '503 INVITE')?.message;
    expect(refusal?.headers.get('Retry-After')).toBe('7');
    expect(bob.seen.invites).toHaveLength(0);
    expect(ann.seen.failures).toEqual([503]);
  });

  it('a session interval that is too small (422)', async () => {
    const { link, ann, bob } = await pair();
    ann.call(bob, { headers: [['Session-Expires', '30']] });
    await link.pass(1000);
    const refusal = link.sent.find(({ message }) => short(message) === '422 INVITE')?.message;
    expect(refusal?.headers.get('Min-SE')).toBe('90');
    // We, as a caller, then ask for one that is long enough.
    expect(bob.seen.invites.map(({ request }) => request.headers.all('Session-Expires'))).toEqual([['1800']]);
  });

  it('a flood is told once for each call, and is not answered on and on to a source that may be forged', async () => {
    const { link, ann, bob, times } = await pair();
    bob.onInvite = (invite) => invite.reject(404);
    ann.call(bob);
    await link.pass(100);
    const invite = link.sent[0]!.message as SipRequest;
    const carol = link.host('192.0.2.3');
    for (let n = 0; n < 1000; n++) {
      const headers = invite.headers
        .clone()
        .set('Call-ID', `flood-${n}`)
        .set('Via', `SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKflood${n}`);
      carol.send({ ...invite, headers }, bob.host.address);
    }
    await link.pass(100);
    expect(times('404 INVITE')).toHaveLength(1001);
    expect(bob.agent.size.servers).toBeLessThanOrEqual(201);
    await link.pass(60_000);
    expect(times('404 INVITE').length).toBeLessThanOrEqual(1001 + 200 * 10);
    expect(bob.agent.size).toEqual(NOTHING);
  });

  it('an extension that we do not have (420)', async () => {
    const { link, ann, bob } = await pair();
    ann.call(bob, { headers: [['Require', '100rel, timer, precondition']] });
    await link.pass(1000);
    const refusal = link.sent.find(({ message }) => short(message) === '420 INVITE')?.message;
    expect(refusal?.headers.get('Unsupported')).toBe('precondition');
  });
});
