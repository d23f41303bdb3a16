import { describe, expect, it } from 'vitest';
import { request, response } from '../testing/messages.js';
import { Dialog, dialogIdOfRequest } from './dialog.js';
import { answerSessionTimer, sessionDeadlines } from './session-timer.js';

describe('a dialog of a call that came', () => {
  const invite = request('INVITE', ['Record-Route: <sip:p2.example.com;lr>', 'Record-Route: <sip:p1.example.com;lr>'], {
    cseq: 10,
  });
  const dialog = () => Dialog.ofIncoming(invite, 'us1', 100);

  it('sends along the recorded route to the contact', () => {
    const bye = dialog().request('BYE');
    expect(bye.uri).toBe('sip:ann@192.0.2.7:5062');
    expect(bye.headers.all('Route')).toEqual(['<sip:p2.example.com;lr>', '<sip:p1.example.com;lr>']);
    expect(bye.headers.get('From')).toBe('<sip:1000@192.0.2.1>;tag=us1');
    expect(bye.headers.get('To')).toBe('"Ann" <sip:ann@192.0.2.7>;tag=ann1');
    expect(bye.headers.get('CSeq')).toBe('101 BYE');
  });

  it('is found again by what the far end sends', () => {
    expect(dialogIdOfRequest(request('BYE', [], { toTag: 'us1' }))).toBe(dialog().id);
    expect(dialogIdOfRequest(invite)).toBeNull();
  });

  it('takes requests in their order, and an old one never', () => {
    const ours = dialog();
    expect(ours.take(request('INFO', [], { cseq: 11, toTag: 'us1' }))).toBe('new');
    expect(ours.take(request('INFO', [], { cseq: 15, toTag: 'us1' }))).toBe('new');
    expect(ours.take(request('INFO', [], { cseq: 12, toTag: 'us1' }))).toBe('old');
    expect(ours.take(request('INFO', [], { cseq: 15, toTag: 'us1' }))).toBe('old');
    expect(ours.take(request('ACK', [], { cseq: 10, toTag: 'us1' }))).toBe('new');
  });

  it('follows a new contact', () => {
    const ours = dialog();
    ours.refreshTarget(request('INVITE', ['Contact: <sip:ann@192.0.2.99>'], { cseq: 11, toTag: 'us1' }));
    expect(ours.request('BYE').uri).toBe('sip:ann@192.0.2.99');
  });

  it('gives a strict router the Request-URI', () => {
    const strict = Dialog.ofIncoming(
      request('INVITE', ['Record-Route: <sip:old.example.com>, <sip:p1.example.com;lr>']),
      'us1',
      1,
    );
    const bye = strict.request('BYE');
    expect(bye.uri).toBe('sip:old.example.com');
    expect(bye.headers.all('Route')).toEqual(['<sip:p1.example.com;lr>', '<sip:ann@192.0.2.7:5062>']);
    expect(strict.nextHop).toBe('sip:old.example.com');
  });
});

describe('a dialog of a call that we placed', () => {
  it('turns the recorded route round and acknowledges with the CSeq of the INVITE', () => {
    const invite = request('INVITE', [], { cseq: 5 });
    const ok = response(
      invite,
      200,
      [
        ['Record-Route', '<sip:p1.example.com;lr>, <sip:p2.example.com;lr>'],
        ['Contact', '<sip:bob@192.0.2.50>'],
      ],
      'bob1',
    );
    const dialog = Dialog.ofOutgoing(invite, ok);
    const ack = dialog.ack(5);
    expect(ack.uri).toBe('sip:bob@192.0.2.50');
    expect(ack.headers.get('CSeq')).toBe('5 ACK');
    expect(ack.headers.all('Route')).toEqual(['<sip:p2.example.com;lr>', '<sip:p1.example.com;lr>']);
    expect(dialog.request('INFO').headers.get('CSeq')).toBe('6 INFO');
    // A 2xx that comes again after it is acknowledged like the first.
    expect(dialog.ack(5).headers.get('CSeq')).toBe('5 ACK');
    expect(dialog.request('BYE').headers.get('CSeq')).toBe('7 BYE');
  });
});

describe('session timers', () => {
  it.each([
    [[], { use: 'none' }],
    [['Session-Expires: 1800', 'Supported: timer'], { use: 'timer', seconds: 1800, refresher: 'uac' }],
    [['Session-Expires: 1800;refresher=uas', 'Supported: timer'], { use: 'timer', seconds: 1800, refresher: 'uas' }],
    [['x: 1800'], { use: 'timer', seconds: 1800, refresher: 'uas' }],
    [['Session-Expires: 60', 'Supported: timer'], { use: 'too-small', minSeconds: 90 }],
    [['Session-Expires: 100', 'Min-SE: 200', 'Supported: timer'], { use: 'timer', seconds: 200, refresher: 'uac' }],
  ])('%j: %j', (fields, answer) => {
    expect(answerSessionTimer(request('INVITE', fields))).toEqual(answer);
  });

  it('are refreshed at half time and given up a little before the end', () => {
    expect(sessionDeadlines(0, 1800)).toEqual({ refreshAt: 900_000, endAt: 1_768_000 });
    expect(sessionDeadlines(0, 90)).toEqual({ refreshAt: 45_000, endAt: 60_000 });
  });
});
