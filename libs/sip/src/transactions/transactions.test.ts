import { describe, expect, it } from 'vitest';
import { request } from '../testing/messages.js';
import { ackOf, cancelOf } from './acks.js';
import { AnswerRepeater } from './answer-repeater.js';
import { cancelledKey, clientKey, serverKey } from './keys.js';
import { TransactionMachine, type TransactionTable } from './machine.js';
import { CLIENT, INVITE_CLIENT, INVITE_SERVER, SERVER, TRANSACTION_TABLES } from './tables.js';
import { TIMER_RULES } from './timers.js';
import { response } from '../testing/messages.js';
import { buildMessage } from '../message/build.js';
import { decodeUtf8 } from '../bytes.js';

/** Runs a machine until it is silent or `until`, noting what it does and when, in seconds. */
function play(machine: TransactionMachine, from: number, until = 100_000): [string, number][] {
  const done: [string, number][] = [];
  for (let at = machine.deadline; at !== null && at <= until; at = machine.deadline) {
    for (const action of machine.expire(at)) done.push([action, (at - from) / 1000]);
  }
  return done;
}
const machine = (table: TransactionTable, reliable = false) => new TransactionMachine(table, { reliable });

describe('an INVITE that nobody answers', () => {
  it('is sent seven times over UDP, then times out after 32 s', () => {
    const invite = machine(INVITE_CLIENT);
    const sends = [...invite.on('begin', 0).map((action) => [action, 0]), ...play(invite, 0)];
    expect(sends).toEqual([
      ...[0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5].map((at) => ['send-request', at]),
      ['report-timeout', 32],
    ]);
    expect(invite.state).toBe('terminated');
  });

  it('is sent once over TCP', () => {
    const invite = machine(INVITE_CLIENT, true);
    expect(invite.on('begin', 0)).toEqual(['send-request']);
    expect(play(invite, 0)).toEqual([['report-timeout', 32]]);
  });

  it('is sent no more once it is being worked on', () => {
    const invite = machine(INVITE_CLIENT);
    invite.on('begin', 0);
    expect(invite.on('provisional', 100)).toEqual(['deliver']);
    expect(invite.deadline).toBeNull();
  });
});

describe('an INVITE of ours that is answered', () => {
  it('hands every 2xx to its owner for 32 s (RFC 6026)', () => {
    const invite = machine(INVITE_CLIENT);
    invite.on('begin', 0);
    expect(invite.on('success', 1000)).toEqual(['deliver']);
    expect(invite.on('success', 1500)).toEqual(['deliver']);
    expect(invite.on('failure', 1600)).toEqual([]);
    expect(play(invite, 1000)).toEqual([]);
    expect(invite.state).toBe('terminated');
  });

  it('acknowledges every repetition of a refusal and tells it once', () => {
    const invite = machine(INVITE_CLIENT);
    invite.on('begin', 0);
    expect(invite.on('failure', 10)).toEqual(['send-ack', 'deliver']);
    expect(invite.on('failure', 600)).toEqual(['send-ack']);
    expect(invite.deadline).toBe(32_010);
  });

  it('is over at once on a refusal over TCP', () => {
    const invite = machine(INVITE_CLIENT, true);
    invite.on('begin', 0);
    expect(invite.on('failure', 10)).toEqual(['send-ack', 'deliver']);
    expect(invite.state).toBe('terminated');
  });
});

describe('a request of ours that is no INVITE', () => {
  it('is sent at 0, 0.5, 1.5, 3.5 and then every 4 s, and times out after 32 s', () => {
    const bye = machine(CLIENT);
    const sends = [...bye.on('begin', 0).map((action) => [action, 0]), ...play(bye, 0)];
    expect(sends).toEqual([
      ...[0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5].map((at) => ['send-request', at]),
      ['report-timeout', 32],
    ]);
  });

  it('swallows repeated responses for T4', () => {
    const bye = machine(CLIENT);
    bye.on('begin', 0);
    expect(bye.on('success', 10)).toEqual(['deliver']);
    expect(bye.on('success', 20)).toEqual([]);
    expect(bye.deadline).toBe(5010);
  });
});

describe('an INVITE that came', () => {
  it('is told once, and its repetitions get the last response', () => {
    const invite = machine(INVITE_SERVER);
    expect(invite.on('begin', 0)).toEqual(['deliver']);
    expect(invite.on('provisional', 1)).toEqual(['send-response']);
    expect(invite.on('request', 500)).toEqual(['send-response']);
  });

  it('that was refused repeats the refusal until the ACK', () => {
    const invite = machine(INVITE_SERVER);
    invite.on('begin', 0);
    expect(invite.on('failure', 0)).toEqual(['send-response']);
    expect(play(invite, 0, 4000)).toEqual([
      ['send-response', 0.5],
      ['send-response', 1.5],
      ['send-response', 3.5],
    ]);
    expect(invite.on('ack', 4000)).toEqual([]);
    expect(invite.on('request', 4100)).toEqual([]);
    expect(play(invite, 0)).toEqual([]);
    expect(invite.state).toBe('terminated');
  });

  it('that was refused gives up after 32 s without ACK', () => {
    const invite = machine(INVITE_SERVER);
    invite.on('begin', 0);
    invite.on('failure', 0);
    expect(play(invite, 0).at(-1)).toEqual(['report-timeout', 32]);
  });

  it('that was answered swallows repetitions and hands ACKs on (RFC 6026)', () => {
    const invite = machine(INVITE_SERVER);
    invite.on('begin', 0);
    expect(invite.on('success', 0)).toEqual(['send-response']);
    expect(invite.on('request', 500)).toEqual([]);
    expect(invite.on('success', 500)).toEqual(['send-response']);
    expect(invite.on('ack', 600)).toEqual(['deliver']);
    expect(invite.on('ack', 700)).toEqual(['deliver']);
    expect(invite.deadline).toBe(32_000);
  });
});

describe('another request that came', () => {
  it('gets the same response for 32 s', () => {
    const bye = machine(SERVER);
    bye.on('begin', 0);
    expect(bye.on('request', 1)).toEqual([]);
    expect(bye.on('success', 2)).toEqual(['send-response']);
    expect(bye.on('request', 3)).toEqual(['send-response']);
    expect(bye.deadline).toBe(32_002);
  });
});

describe('an answered call whose ACK never comes', () => {
  it('sends the 200 at 0, 0.5, 1.5, 3.5, 7.5, 11.5 … s, eleven times, and ends after 32 s', () => {
    const repeater = new AnswerRepeater(0);
    const done: [string | null, number][] = [['send', 0]];
    for (let at = repeater.deadline; at !== null; at = repeater.deadline) done.push([repeater.expire(at), at / 1000]);
    expect(done).toEqual([
      ...[0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5].map((at) => ['send', at]),
      ['give-up', 32],
    ]);
  });

  it('is left alone once the ACK came', () => {
    const repeater = new AnswerRepeater(0);
    repeater.acknowledged();
    expect(repeater.deadline).toBeNull();
    expect(repeater.expire(40_000)).toBeNull();
  });
});

describe('the tables', () => {
  it.each(TRANSACTION_TABLES)(
    '$name: every state can be reached and left, every timer is handled',
    ({ states, timers }) => {
      const targets = new Set(Object.values(states).flatMap((events) => Object.values(events).map(({ to }) => to)));
      for (const state of targets) if (state !== 'terminated') expect(Object.keys(states)).toContain(state);
      for (const [state, names] of Object.entries(timers)) {
        for (const name of names) expect(states[state as keyof typeof states]).toHaveProperty(`timer-${name}`);
      }
    },
  );

  it('use every timer that has a rule', () => {
    const used = new Set(TRANSACTION_TABLES.flatMap(({ timers }) => Object.values(timers).flat()));
    expect([...used].sort()).toEqual(Object.keys(TIMER_RULES).sort());
  });
});

describe('matching', () => {
  const invite = request('INVITE');
  it('puts a repeated INVITE, its ACK and its CANCEL together', () => {
    const refused = response(invite, 486);
    expect(serverKey(ackOf(invite, refused))).toBe(serverKey(invite));
    expect(cancelledKey(cancelOf(invite))).toBe(serverKey(invite));
    expect(serverKey(cancelOf(invite))).not.toBe(serverKey(invite));
    expect(clientKey(refused)).toBe(clientKey(invite));
  });

  it('keeps the rules of RFC 2543 for peers without a branch', () => {
    const old = request('INVITE', [], { branch: '1' });
    expect(serverKey(ackOf(old, response(old, 486)))).toBe(serverKey(old));
    expect(serverKey(request('INVITE', [], { branch: '1', cseq: 2 }))).not.toBe(serverKey(old));
  });

  it('makes the ACK of a refusal of the INVITE and the To of the response', () => {
    expect(decodeUtf8(buildMessage(ackOf(invite, response(invite, 486)))).split('\r\n')).toEqual([
      'ACK sip:1000@192.0.2.1 SIP/2.0',
      'Via: SIP/2.0/UDP 192.0.2.7:5062;branch=z9hG4bKone;rport',
      'Max-Forwards: 70',
      'From: "Ann" <sip:ann@192.0.2.7>;tag=ann1',
      'To: <sip:1000@192.0.2.1>;tag=us1',
      'Call-ID: call-1',
      'CSeq: 1 ACK',
      'Content-Length: 0',
      '',
      '',
    ]);
  });
});
