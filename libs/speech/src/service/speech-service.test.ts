import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallwrightError } from '@callwright/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decibels, peakOf } from '../testing/signals.js';
import { FakeEngine } from '../testing/fake-engine.js';
import { samplesOf, speechLevel } from '../audio/level.js';
import { SpeechService, type SpeechServiceOptions } from './speech-service.js';

const english = (concurrency = 1) =>
  new FakeEngine(
    'fluent',
    [
      { name: 'ann', language: 'en' },
      { name: 'bob', language: 'en' },
    ],
    concurrency,
  );
const polyglot = () =>
  new FakeEngine('polyglot', [
    { name: 'de', language: 'de' },
    { name: 'en', language: 'en' },
  ]);

let directory = '';
let problems: CallwrightError[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'speech-'));
  problems = [];
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const service = (options: SpeechServiceOptions) =>
  new SpeechService({ onProblem: (problem) => problems.push(problem), ...options });
/** Lets everything run that waits for nothing from outside. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a prompt', () => {
  it('begins with 40 ms of silence, then speech at its level', async () => {
    const { pcm } = await service({ engines: [english()] }).speak('hello world');
    expect(peakOf(pcm.subarray(0, samplesOf(40)))).toBe(0);
    expect(decibels(speechLevel(pcm))).toBeCloseTo(-18, 1);
  });

  it('keeps the breaks that were written, to the millisecond', async () => {
    const speech = service({ engines: [english()] });
    const { pcm: without } = await speech.speak('<speak>a</speak>');
    const { pcm: within } = await speech.speak('<speak><break time="100ms"/>a<break time="1s"/></speak>');
    expect(within.length - without.length).toBe(samplesOf(1100));
  });

  it('of nothing is empty', async () => {
    expect((await service({ engines: [english()] }).speak(' … ')).pcm.length).toBe(0);
  });

  it('that is long reaches the engine in pieces that end with a sentence', async () => {
    const engine = english();
    await service({ engines: [engine] }).speak('This sentence has some words in it. '.repeat(30));
    expect(engine.asked.length).toBeGreaterThan(3);
    for (const { text } of engine.asked) {
      expect(text.length).toBeLessThanOrEqual(200);
      expect(text).toMatch(/^This .*\.$/);
    }
  });

  it('reaches the engine in words', async () => {
    const engine = english();
    await service({ engines: [engine] }).speak('It is £3.50');
    expect(engine.asked[0]).toMatchObject({ text: 'It is three pounds and fifty pence', voice: 'ann', rateHz: 8000 });
  });
});

describe('voice and language', () => {
  it('choose the first engine that speaks the language, or the one that has the voice', async () => {
    const [one, two] = [english(), polyglot()];
    const speech = service({ engines: [one, two] });
    await speech.speak('<speak>Hi <lang xml:lang="de">Tag</lang> <voice name="bob">there</voice></speak>');
    await speech.speak('Hi', { voice: 'en' });
    expect(one.asked.map(({ voice, text }) => [voice, text])).toEqual([
      ['ann', 'Hi'],
      ['bob', 'there'],
    ]);
    expect(two.asked.map(({ voice, text }) => [voice, text])).toEqual([
      ['de', 'Tag'],
      ['en', 'Hi'],
    ]);
  });

  it('a voice that is not there, or is not of the language, is replaced by the usual one', async () => {
    const two = polyglot();
    const speech = service({ engines: [english(), two] });
    await speech.speak('Tag', { language: 'de', voice: 'ann' });
    expect(two.asked[0]?.voice).toBe('de');
    await expect(speech.speak('x', { voice: 'nobody' })).resolves.toBeDefined();
    expect(speech.hasVoice('nobody')).toBe(false);
  });

  it('without an engine the error names the package', async () => {
    const speech = service({ engines: [], missing: ['Install flite.', 'Install espeak-ng.'] });
    await expect(speech.speak('x')).rejects.toMatchObject({
      code: 'speech.unavailable',
      kind: 'resource',
      message: 'Nothing installed can speak en. Install flite. Install espeak-ng.',
    });
    expect(speech.availability).toEqual({ available: false, reason: 'Install flite. Install espeak-ng.' });
  });

  it('that nobody knows is an error of the author', async () => {
    await expect(service({ engines: [english()] }).speak('x', { language: 'tlh' })).rejects.toMatchObject({
      code: 'speech.unknown-language',
      kind: 'input',
    });
  });
});

describe('an engine that fails', () => {
  it('is helped out by the next, is reported, and is asked again the next time', async () => {
    const [one, two] = [english(), polyglot()];
    one.broken = true;
    const speech = service({ engines: [one, two], cacheDirectory: directory });
    const helped = await speech.speak('Hi');
    expect(two.asked).toHaveLength(1);
    expect(problems.map(({ code }) => code)).toEqual(['speech.engine-failed']);
    one.broken = false;
    const own = await speech.speak('Hi');
    expect(own.key).not.toBe(helped.key);
    expect(one.asked).toHaveLength(2);
  });

  it('and has nobody to help out is an error that says what it said', async () => {
    const engine = english();
    engine.broken = true;
    await expect(service({ engines: [engine] }).speak('Hi')).rejects.toMatchObject({
      code: 'speech.engine-failed',
      message: expect.stringContaining('out of order'),
    });
  });
});

describe('equal prompts', () => {
  it('are synthesised once, and again from memory and disk', async () => {
    const engine = english();
    const first = service({ engines: [engine], cacheDirectory: directory });
    const [one, other] = await Promise.all([first.speak('Hi 5'), first.speak(' Hi  five ')]);
    expect(other).toEqual(one);
    expect((await first.speak('Hi 5')).pcm).toBe(one?.pcm);
    const second = service({ engines: [engine], cacheDirectory: directory });
    expect(await second.speak('Hi 5')).toEqual(one);
    expect(engine.asked).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  it('have one key; another voice, speed or word has another', async () => {
    const speech = service({ engines: [english()] });
    const keys = await Promise.all(
      [
        'Hi',
        '<speak>Hi</speak>',
        '<speak><voice name="bob">Hi</voice></speak>',
        '<speak><prosody rate="2">Hi</prosody></speak>',
        'Ho',
      ].map(async (text) => (await speech.speak(text)).key),
    );
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(4);
  });

  it.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length - 2)],
    ['emptied', () => Buffer.alloc(0)],
    [
      'flipped in one bit',
      (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === bytes.length - 5 ? byte ^ 1 : byte))),
    ],
  ])('survive a file that was %s', async (_, damage) => {
    const engine = english();
    const { pcm } = await service({ engines: [engine], cacheDirectory: directory }).speak('Hi');
    const [name = ''] = await readdir(directory);
    await writeFile(join(directory, name), damage(await readFile(join(directory, name))));
    expect((await service({ engines: [engine], cacheDirectory: directory }).speak('Hi')).pcm).toEqual(pcm);
    expect(engine.asked).toHaveLength(2);
  });

  it('are spoken although the cache cannot be written, which is reported', async () => {
    const file = join(directory, 'a-file');
    await writeFile(file, '');
    const speech = service({ engines: [english()], cacheDirectory: join(file, 'below') });
    expect((await speech.speak('Hi')).pcm.length).toBeGreaterThan(0);
    expect(problems[0]?.code).toBe('speech.cache-failed');
  });

  it('that are too many leave those on disk that were used last', async () => {
    const engine = english();
    const bytes = 40 + 2 * samplesOf(40 + 20);
    const speech = service({ engines: [engine], cacheDirectory: directory, diskLimitBytes: 2 * bytes + 10 });
    for (const text of ['aa', 'bb', 'cc']) await speech.speak(text);
    expect(await readdir(directory)).toHaveLength(2);
    const later = service({ engines: [engine], cacheDirectory: directory, diskLimitBytes: 2 * bytes + 10 });
    await later.speak('cc');
    expect(engine.asked).toHaveLength(3);
    await later.speak('aa');
    expect(engine.asked).toHaveLength(4);
  });
});

describe('waiting', () => {
  it('a caller that goes leaves the others alone; the last one ends the work', async () => {
    const engine = english();
    engine.held = true;
    const speech = service({ engines: [engine] });
    const [one, two] = [new AbortController(), new AbortController()];
    const first = speech.speak('Hi', { signal: one.signal });
    const second = speech.speak('Hi', { signal: two.signal });
    await settle();
    one.abort(new Error('hung up'));
    await expect(first).rejects.toThrow('hung up');
    expect(engine.aborted).toEqual([]);
    two.abort(new Error('hung up too'));
    await expect(second).rejects.toThrow('hung up too');
    expect(engine.aborted).toEqual(['Hi']);
    engine.held = false;
    await expect(speech.speak('Hi')).resolves.toBeDefined();
  });

  it('ends with speech.timeout', async () => {
    const engine = english();
    engine.held = true;
    await expect(service({ engines: [engine], timeoutMs: 5 }).speak('Hi')).rejects.toMatchObject({
      code: 'speech.timeout',
      kind: 'resource',
    });
    expect(engine.aborted).toEqual(['Hi']);
  });

  it('an engine gets no more at once than it likes, and a line has an end', async () => {
    const engine = english(2);
    engine.held = true;
    const speech = service({ engines: [engine], maxWaiting: 2 });
    const five = ['a', 'b', 'c', 'd', 'e'].map((text) => speech.speak(text));
    const outcomes = Promise.allSettled(five);
    await settle();
    expect(engine.running).toBe(2);
    engine.held = false;
    engine.release();
    const codes = (await outcomes).map((outcome) =>
      outcome.status === 'rejected' ? (outcome.reason as CallwrightError).code : 'spoken',
    );
    expect(codes).toEqual(['spoken', 'spoken', 'spoken', 'spoken', 'speech.busy']);
    expect(engine.mostRunning).toBe(2);
  });

  it('a call comes before what is prepared ahead', async () => {
    const engine = english();
    engine.held = true;
    const speech = service({ engines: [engine] });
    const ahead = ['a', 'b'].map((text) => speech.prepare([{ text }]));
    await settle();
    const live = speech.speak('live');
    await settle();
    engine.held = false;
    engine.release();
    await Promise.all([...ahead, live]);
    expect(engine.asked.map(({ text }) => text)).toEqual(['a', 'live', 'b']);
  });
});

describe('preparing', () => {
  it('makes prompts ready and tells which cannot be', async () => {
    const engine = english();
    const speech = service({ engines: [engine] });
    const result = await speech.prepare([{ text: 'Hi' }, { text: '<speak>' }, { text: 'Ho', voice: 'bob' }]);
    expect(result.ready).toBe(2);
    expect(result.failed.map(({ prompt, error }) => [prompt.text, error.code])).toEqual([
      ['<speak>', 'speech.bad-ssml'],
    ]);
    await speech.speak('Ho', { voice: 'bob' });
    expect(engine.asked).toHaveLength(2);
  });

  it('stops when told', async () => {
    const stop = new AbortController();
    stop.abort(new Error('never mind'));
    await expect(service({ engines: [english()] }).prepare([{ text: 'Hi' }], stop.signal)).rejects.toThrow(
      'never mind',
    );
  });
});
