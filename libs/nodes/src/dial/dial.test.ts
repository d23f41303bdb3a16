import type { CalleeBehaviour } from '@callwright/channel-contract/fake';
import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { dial as definition } from './dial.node.js';

const dial = nodeTest(definition);
const to = 'phone:anna';
const music = [{ play: 'music.wav' }];

describe('dial', () => {
  it('has the leg when somebody answers', async () => {
    await dial({ to, leg: 'anna', headers: { 'X-Skill': ['sales', 'lt'], 'X-One': 'a' }, from: '+37012345678' })
      .callee(to, { then: 'answers', afterMs: 4_000 })
      .afterwards(({ call }) => {
        expect(call.leg('anna')?.state).toBe('answered');
        expect(call.leg('anna')?.farEnd.requestHeaders).toEqual({ 'X-Skill': ['sales', 'lt'], 'X-One': ['a'] });
      })
      .expectOutcome('answered', { cause: null, leg: 'anna' });
  });

  it('plays music to the caller until somebody answers, and no longer', async () => {
    await dial({ to, music })
      .callee(to, { then: 'answers', afterMs: 35_000 })
      .wait(1_000)
      .hears('[music.wav]')
      .wait(33_900)
      .hears('[music.wav]')
      .wait(100)
      .hears()
      .expectOutcome('answered');
  });

  it('plays a ringback where nothing else is wanted, or nothing', async () => {
    await dial({ to }).callee(to, { then: 'rings' }).wait(1_000).hears('(ringback)').expectOutcome('no-answer');
    await dial({ to, music: [] }).callee(to, { then: 'rings' }).wait(1_000).hears().expectOutcome('no-answer');
  });

  it('lets the caller hear what the far end says before it answers, in place of the music', async () => {
    const announces = (then: 'rings' | 'answers'): CalleeBehaviour => ({
      then,
      afterMs: 30_000,
      onRing: (farEnd) => farEnd.follow([{ atMs: 5_000, talkMs: 3_000, saying: 'please hold the line' }]),
    });
    await dial({ to, music, timeoutMs: 20_000 })
      .callee(to, announces('rings'))
      .wait(4_900)
      .hears('[music.wav]')
      .wait(200)
      .hears('please hold the line')
      .wait(3_000)
      .hears()
      .expectOutcome('no-answer');
    await dial({ to, music, earlyMedia: false })
      .callee(to, announces('answers'))
      .wait(5_100)
      .hears('[music.wav]')
      .expectOutcome('answered');
  });

  it('says when it is busy, and when nobody answers in time', async () => {
    await dial({ to }).callee(to, { then: 'busy' }).expectOutcome('busy', { cause: 'busy' });
    await dial({ to, timeoutMs: 20_000, music })
      .callee(to, { then: 'rings' })
      .wait(19_999)
      .hears('[music.wav]')
      .wait(1)
      .hears()
      .expectOutcome('no-answer', { cause: 'no-answer' });
  });

  it('fails when the destination declines, does not exist, or may not be called', async () => {
    await dial({ to, music }).callee(to, { then: 'declines' }).hears().expectFailure('dial.failed');
    await dial({ to }).expectFailure('dial.failed');
    await dial({ to: '+900', music }).heard('[music.wav]').expectFailure('outbound.not-allowed');
  });

  it('calls even when the music cannot be played, and says so', async () => {
    await dial({ to, music: [{ play: 'none.wav' }] })
      .callee(to, { then: 'answers' })
      .afterwards(({ logged }) => expect(logged[0]?.level).toBe('warn'))
      .expectOutcome('answered');
  });

  it('dials before the call is answered, without music', async () => {
    await dial({ to, music })
      .notAnswered()
      .callee(to, { then: 'answers', afterMs: 100 })
      .heard()
      .expectOutcome('answered');
  });

  it('gives up when the caller does', async () => {
    await dial({ to, music })
      .callee(to, { then: 'rings' })
      .wait(1_000)
      .hangUp()
      .afterwards(({ call }) => expect(call.legs.map(({ state }) => state)).toEqual(['ended', 'ended']))
      .expectInterrupted({ cause: 'cancelled' });
  });

  it.each([
    [{ to: '' }, 'to: Say who is to be called.'],
    [{ to: 'mailto:a@b' }, expect.stringContaining('to: This cannot be called')],
    [{ to: 'sip:a@b\r\nX: y' }, expect.stringContaining('to: This cannot be called')],
    [{ to, from: '+370\r\nVia: x' }, expect.stringContaining('from: A number to show')],
    [{ to, leg: 'caller' }, 'leg: The leg "caller" is the one that the call began with.'],
    [{ to, headers: { Via: 'x' } }, expect.stringContaining('headers.Via: "Via" belongs to the call itself')],
    [{ to, headers: { 'X-A': 'b\r\nVia: c' } }, expect.stringContaining('no line breaks')],
    [{ to, headers: { 'X A': 'b' } }, 'headers.X A: "X A" is no name of a header.'],
  ])('refuses %j', (config, problem) => {
    expect(problemsOf(definition, config)).toContainEqual(problem);
  });

  it('waits for the evaluation of a destination with an expression in it', () => {
    expect(problemsOf(definition, { to: '{{ vars.agent }}' })).toEqual([]);
  });
});
