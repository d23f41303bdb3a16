import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { levelled, PEAK, samplesOf, speechLevel, trimSilence } from '../audio/level.js';
import { PLAIN_PROSODY, type Prosody } from '../normaliser/segments.js';
import { SpeechService } from '../service/speech-service.js';
import { recogniser } from '../testing/recogniser.js';
import { decibels, peakOf } from '../testing/signals.js';
import type { SpeechEngine } from './engine.js';
import { detectEspeak, readVoices } from './espeak.js';
import { detectFlite } from './flite.js';

const [flite, espeak] = await Promise.all([detectFlite(), detectEspeak()]);
const never = new AbortController().signal;
afterAll(() => Promise.all([flite.engine?.close(), espeak.engine?.close()]));

const say = (
  engine: SpeechEngine,
  text: string,
  { voice, language = 'en', prosody = {} }: { voice?: string; language?: string; prosody?: Partial<Prosody> } = {},
) =>
  engine.synthesise(
    {
      text,
      voice: voice ?? engine.voiceFor(language) ?? '',
      language,
      prosody: { ...PLAIN_PROSODY, ...prosody },
      rateHz: 8000,
    },
    never,
  );
const SENTENCE = 'Welcome to the speaking clock. The time is ten forty five.';

/** The fundamental frequency that most voiced parts have, in Hz. */
function pitchOf(pcm: Int16Array): number {
  const found: number[] = [];
  for (let at = 0; at + 640 < pcm.length; at += 240) {
    const energy = correlation(pcm, at, 0);
    if (energy < 400 * 1e6) continue;
    const lags = Array.from({ length: 130 }, (_, lag) => correlation(pcm, at, lag + 20) / energy);
    const best = Math.max(...lags);
    // The first lag that is nearly as good as the best: its multiples fit as well.
    if (best > 0.6)
      found.push(8000 / (20 + lags.findIndex((value, n) => value > 0.9 * best && value >= (lags[n + 1] ?? 0))));
  }
  return found.sort((one, other) => one - other)[found.length >> 1] ?? 0;
}
const correlation = (pcm: Int16Array, at: number, lag: number) => {
  let sum = 0;
  for (let n = 0; n < 400; n++) sum += (pcm[at + n] ?? 0) * (pcm[at + n + lag] ?? 0);
  return sum;
};

describe.skipIf(!flite.engine)(`flite${flite.engine ? '' : ` (skipped: ${flite.reason})`}`, () => {
  const engine = flite.engine as SpeechEngine;

  it('speaks English, whatever the region, and nothing else', () => {
    expect(engine.voices.map(({ name }) => name)).toEqual(['slt', 'rms', 'awb', 'kal']);
    expect(['en', 'en-GB', 'EN_us'].map((tag) => engine.voiceFor(tag))).toEqual(['slt', 'slt', 'slt']);
    expect(engine.voiceFor('de')).toBeUndefined();
  });

  it.each(['slt', 'rms', 'awb', 'kal'])(
    '%s speaks for about four seconds, neither clipped nor quiet',
    async (voice) => {
      const pcm = levelled(trimSilence(await say(engine, SENTENCE, { voice })));
      expect(pcm.length / 8000).toBeGreaterThan(3);
      expect(pcm.length / 8000).toBeLessThan(5);
      expect(decibels(speechLevel(pcm))).toBeGreaterThan(-19.5);
      expect(decibels(speechLevel(pcm))).toBeLessThan(-17.5);
      expect(peakOf(pcm)).toBeLessThanOrEqual(PEAK);
    },
  );

  it('speaks slower, faster, higher and lower', async () => {
    const usual = (await say(engine, SENTENCE)).length;
    expect((await say(engine, SENTENCE, { prosody: { rate: 0.5 } })).length / usual).toBeCloseTo(2, 0);
    expect((await say(engine, SENTENCE, { prosody: { rate: 2 } })).length / usual).toBeCloseTo(0.5, 1);
    expect((await say(engine, SENTENCE)).length).toBe(usual);
    for (const voice of ['kal', 'awb']) {
      const [low, high] = [
        await say(engine, SENTENCE, { voice, prosody: { pitch: 0.8 } }),
        await say(engine, SENTENCE, { voice, prosody: { pitch: 1.25 } }),
      ];
      expect(pitchOf(high) / pitchOf(low), voice).toBeGreaterThan(1.3);
    }
  });

  it('gives the same samples for the same words', async () => {
    for (const { name: voice } of engine.voices) {
      const [one, other] = [await say(engine, SENTENCE, { voice }), await say(engine, SENTENCE, { voice })];
      expect(Buffer.from(one.buffer).equals(Buffer.from(other.buffer)), voice).toBe(true);
    }
  });

  it('keeps its libraries through garbage collections', async () => {
    // Koffi unloads a library whose handle was collected; the process then ends here within a few hundred prompts.
    for (let n = 0; n < 3000; n++) await say(engine, n % 2 ? 'one' : 'two', { voice: 'kal', prosody: { rate: 3 } });
  }, 30_000);

  it('takes texts that hold nothing, odd letters or markup as they stand', async () => {
    expect(await say(engine, '。。')).toEqual(new Int16Array(0));
    expect((await say(engine, 'naïve “café” – yes')).length).toBeGreaterThan(4000);
    expect((await say(engine, '<break time="9s"/> %s %n \\')).length).toBeGreaterThan(4000);
  });

  it('lets a caller go at once, and speaks for the next', async () => {
    const gone = new AbortController();
    const request = { text: SENTENCE, voice: 'slt', language: 'en', prosody: PLAIN_PROSODY, rateHz: 8000 } as const;
    const speaking = engine.synthesise(request, gone.signal);
    gone.abort(new Error('hung up'));
    await expect(speaking).rejects.toThrow('hung up');
    expect((await say(engine, 'next')).length).toBeGreaterThan(0);
  });

  it('says which voice it does not have', async () => {
    await expect(say(engine, 'x', { voice: 'nobody' })).rejects.toMatchObject({ code: 'speech.engine-failed' });
  });
});

describe.skipIf(!espeak.engine)(`espeak-ng${espeak.engine ? '' : ` (skipped: ${espeak.reason})`}`, () => {
  const engine = espeak.engine as SpeechEngine;

  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['fr', 'fr-fr'],
    ['fr-BE', 'fr-be'],
    ['pt-BR', 'pt-br'],
    ['lt_LT', 'lt'],
    ['zh', 'cmn'],
    ['no', 'nb'],
    ['en-GB', 'en-gb'],
  ])('speaks %s by its voice %s', (language, voice) => {
    expect(engine.voiceFor(language)).toBe(voice);
  });

  it('does not know every language', () => {
    expect(engine.voiceFor('tlh')).toBeUndefined();
  });

  it.each([
    ['de', 'Guten Tag, es ist achtzehn Uhr fünf.'],
    ['lt', 'Laba diena, prašome palaukti.'],
    ['fr', 'Bonjour, veuillez patienter.'],
    ['ru', 'Здравствуйте, пожалуйста, подождите.'],
  ])('speaks a sentence in %s at 8 kHz, at its level', async (language, text) => {
    const pcm = levelled(trimSilence(await say(engine, text, { language })));
    expect(pcm.length / 8000).toBeGreaterThan(1);
    expect(pcm.length / 8000).toBeLessThan(5);
    expect(decibels(speechLevel(pcm))).toBeGreaterThan(-19.5);
    expect(peakOf(pcm)).toBeLessThanOrEqual(PEAK);
  });

  it('speaks slower, and does not take brackets for phonemes or dashes for options', async () => {
    const usual = (await say(engine, SENTENCE)).length;
    expect((await say(engine, SENTENCE, { prosody: { rate: 0.6 } })).length / usual).toBeGreaterThan(1.4);
    expect((await say(engine, '[[h@l]]')).length).not.toBe((await say(engine, 'hello')).length);
    expect((await say(engine, '--version $(id) `id`')).length).toBeGreaterThan(8000);
  });

  it('ends its child when the caller goes', async () => {
    const gone = new AbortController();
    const request = { text: SENTENCE, voice: 'en-us', language: 'en', prosody: PLAIN_PROSODY, rateHz: 8000 } as const;
    const speaking = engine.synthesise(request, gone.signal);
    gone.abort(new Error('hung up'));
    await expect(speaking).rejects.toThrow('hung up');
  });

  it('says what the program says when it fails', async () => {
    await expect(say(engine, 'x', { voice: 'nobody' })).rejects.toMatchObject({
      code: 'speech.engine-failed',
      message: expect.stringContaining('voice does not exist'),
    });
  });
});

describe('looking for engines', () => {
  it('names the package when a library is missing', async () => {
    const { engine, reason } = (await detectFlite(['nobody'])) as { engine: undefined; reason: string };
    expect(engine).toBeUndefined();
    expect(reason).toMatch(
      /^English speech by flite is off: install the Debian package libflite1 \(libflite.*\.so\.1: .+\)\.$/,
    );
  });

  it('names the package when the program is missing', async () => {
    expect(await detectEspeak('no-such-program')).toEqual({
      engine: undefined,
      reason:
        'Speech in other languages than English is off: install the Debian package espeak-ng (there is no program no-such-program).',
    });
  });

  it('reads the table of voices', () => {
    const { voices, usual } = readVoices(
      [
        'Pty Language       Age/Gender VoiceName          File                 Other Languages',
        ' 5  fr-be           --/M      French_(Belgium)   roa/fr-BE            (fr 8)',
        ' 5  fr-fr           --/M      French_(France)    roa/fr               (fr 5)',
        ' 5  yue             --/M      Chinese_(Cantonese) sit/yue              (zh-yue 5)(zh 8)',
      ].join('\n'),
    );
    expect(voices.map(({ name }) => name)).toEqual(['fr-be', 'fr-fr', 'yue']);
    expect(Object.fromEntries(usual)).toEqual({
      'fr-be': 'fr-be',
      'fr-fr': 'fr-fr',
      fr: 'fr-fr',
      yue: 'yue',
      'zh-yue': 'yue',
      zh: 'yue',
    });
  });
});

const SENTENCES = [
  'for sales press one',
  'for support press two',
  'please hold the line',
  'you are first in line',
  'you are third in line',
  'ten pounds and fifty pence',
  'ten pounds and fifteen pence',
  'eighteen oh five',
  'fifty percent',
  'three point five',
  'november twentieth twenty twenty six',
  'november twelfth twenty twenty six',
  'plus three seven zero six one two three four five six seven',
];
const ear = flite.engine ? recogniser(SENTENCES) : undefined;

describe.skipIf(!ear)(
  `heard back by a recogniser${ear ? '' : ' (skipped: needs libflite1, libpocketsphinx3 and pocketsphinx-en-us)'}`,
  () => {
    const examples = [
      ['For sales press 1', 'for sales press one'],
      ['For support press 2.', 'for support press two'],
      ['Please hold the line.', 'please hold the line'],
      ['You are 1st in line', 'you are first in line'],
      ['You are 3rd in line', 'you are third in line'],
      ['£10.50', 'ten pounds and fifty pence'],
      ['£10.15', 'ten pounds and fifteen pence'],
      ['18:05', 'eighteen oh five'],
      ['50%', 'fifty percent'],
      ['3.5', 'three point five'],
      ['2026-11-20', 'november twentieth twenty twenty six'],
      ['2026-11-12', 'november twelfth twenty twenty six'],
      [
        '<speak><say-as interpret-as="telephone">+370 612 34567</say-as></speak>',
        'plus three seven zero six one two three four five six seven',
      ],
    ] as const;

    it.each(['rms', 'slt'])('%s is understood, the first word and the last', async (voice) => {
      const directory = await mkdtemp(join(tmpdir(), 'speech-'));
      const speech = new SpeechService({ engines: flite.engine ? [flite.engine] : [], cacheDirectory: directory });
      const heard: string[] = [];
      for (const [text] of examples) heard.push(ear?.hear((await speech.speak(text, { voice })).pcm) ?? '');
      await rm(directory, { recursive: true });
      expect(heard).toEqual(examples.map(([, words]) => words));
    });

    it('a prompt without its first word is not', async () => {
      const speech = new SpeechService({ engines: flite.engine ? [flite.engine] : [] });
      const { pcm } = await speech.speak('You are 1st in line', { voice: 'rms' });
      expect(ear?.hear(pcm.subarray(samplesOf(1000)))).not.toBe('you are first in line');
    });
  },
);
