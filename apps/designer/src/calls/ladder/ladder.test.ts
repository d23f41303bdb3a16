import { describe, expect, it } from 'vitest';
import type { SipMessage } from '../../api/types.js';
import { ladderOf } from './ladder.js';

const sdp = [
  '',
  'v=0',
  'c=IN IP4 192.0.2.1',
  'm=audio 10002 RTP/AVP 8 101',
  'a=rtpmap:101 telephone-event/8000',
  'a=sendonly',
];
const message = (
  at: number,
  direction: 'in' | 'out',
  lines: readonly string[],
  leg = 'caller',
  port = 5060,
): SipMessage => ({
  at: new Date(at).toISOString(),
  direction,
  leg,
  dialog: 'd',
  transport: 'udp',
  remote: `192.0.2.1:${port}`,
  text: lines.join('\r\n'),
});

describe('the ladder of a call', () => {
  const { ends, rungs } = ladderOf([
    message(1000, 'in', [
      'INVITE sip:1000@example.org SIP/2.0',
      'To: <sip:1000@example.org>',
      'CSeq: 1 INVITE',
      ...sdp,
    ]),
    message(1002, 'out', ['SIP/2.0 401 Unauthorized', 'CSeq: 1 INVITE']),
    message(1500, 'out', ['SIP/2.0 200 OK', 'CSeq: 2 INVITE']),
    message(2000, 'out', ['SIP/2.0 200 OK', 'CSeq: 2 INVITE']),
    message(3000, 'out', ['INVITE sip:bob@example.org SIP/2.0', 'To: <sip:bob@example.org>;tag=7'], 'agent', 5070),
    message(3100, 'in', ['SIP/2.0 486 Busy Here', 'CSeq: 9 INVITE'], 'agent', 5070),
  ]);

  it('has the far ends in the order in which they spoke', () => {
    expect(ends.map(({ leg, remote }) => `${leg} ${remote}`)).toEqual([
      'caller 192.0.2.1:5060',
      'agent 192.0.2.1:5070',
    ]);
  });

  it('names messages, what they answer, and what is wrong', () => {
    expect(rungs.map(({ title, answers, tone }) => [title, answers, tone])).toEqual([
      ['INVITE', null, 'request'],
      ['401 Unauthorized', 'INVITE', 'challenge'],
      ['200 OK', 'INVITE', 'success'],
      ['200 OK', 'INVITE', 'success'],
      ['re-INVITE', null, 'request'],
      ['486 Busy Here', 'INVITE', 'refusal'],
    ]);
  });

  it('shows what is repeated, and the time between two messages', () => {
    expect(rungs.map(({ again }) => again)).toEqual([false, false, false, true, false, false]);
    expect(rungs.map(({ sinceLast }) => sinceLast)).toEqual([null, 2, 498, 500, 1000, 100]);
  });

  it('says what a session description offers', () => {
    expect(rungs.map(({ media }) => media)[0]).toBe('PCMA, telephone-event · 192.0.2.1:10002 · sendonly');
    expect(rungs.map(({ media }) => media)[1]).toBeNull();
  });
});
