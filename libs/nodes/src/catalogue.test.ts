import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogue, nodeType } from './catalogue.js';
import { RECEIVING_OUTCOMES, SENDING_OUTCOMES } from './fax/outcomes.js';

/** What is promised: type, settings with their defaults, outcomes. */
const PROMISED: Record<string, { settings: Record<string, unknown>; outcomes: string[]; example?: object }> = {
  answer: { settings: { headers: {} }, outcomes: ['answered'] },
  ring: { settings: { durationMs: 0, earlyMedia: false, ringtone: [], repeat: false, codecs: [] }, outcomes: ['done'] },
  say: {
    settings: { bargeIn: true, loop: 1 },
    outcomes: ['done', 'interrupted'],
    example: { prompt: [{ say: 'Hi' }] },
  },
  play: {
    settings: { bargeIn: true, loop: 1 },
    outcomes: ['done', 'interrupted'],
    example: { prompt: [{ play: 'a' }] },
  },
  menu: {
    settings: { attempts: 3, timeoutMs: 5000, noInputPrompts: [], noMatchPrompts: [], bargeIn: true },
    outcomes: ['sales', 'no-input', 'no-match'],
    example: { keys: { '1': 'sales' } },
  },
  'get-digits': {
    settings: {
      minDigits: 1,
      terminators: ['#'],
      firstDigitTimeoutMs: 5000,
      interDigitTimeoutMs: 3000,
      attempts: 1,
      noInputPrompts: [],
      noMatchPrompts: [],
      secret: false,
    },
    outcomes: ['digits', 'no-input', 'no-match'],
  },
  record: {
    settings: { maxMs: 120000, silenceMs: 5000, terminators: ['#'], beep: true },
    outcomes: ['recorded', 'no-audio'],
  },
  dial: {
    settings: { leg: 'agent', timeoutMs: 60000, headers: {}, music: [{ tone: 'ringback' }] },
    outcomes: ['answered', 'busy', 'no-answer'],
    example: { to: '+37060000000' },
  },
  connect: { settings: { leg: 'agent', record: false }, outcomes: ['ended'] },
  transfer: {
    settings: { timeoutMs: 60000, mode: 'bridged', ringback: [{ tone: 'ringback' }] },
    outcomes: ['returned', 'busy', 'no-answer'],
    example: { to: 'sip:sales@example.org' },
  },
  conference: {
    settings: {
      startOnEntry: true,
      endOnExit: false,
      exitKeys: ['*'],
      talk: true,
      listen: true,
      waitMusic: [],
      namePrefix: [],
      entry: [],
      exit: [],
    },
    outcomes: ['left', 'ended'],
    example: { room: 'sales' },
  },
  branch: { settings: {}, outcomes: ['vip', 'otherwise'], example: { cases: [{ when: 'vars.vip', outcome: 'vip' }] } },
  'set-variables': { settings: {}, outcomes: ['done'], example: { assign: {} } },
  'http-request': {
    settings: { method: 'GET', headers: {}, timeoutMs: 10000 },
    outcomes: ['ok', 'http-error', 'timeout'],
    example: { url: 'https://example.org' },
  },
  'business-hours': { settings: {}, outcomes: ['open', 'closed', 'holiday'], example: { schedule: 'office' } },
  wait: { settings: {}, outcomes: ['done'], example: { durationMs: 1 } },
  log: { settings: { level: 'info' }, outcomes: ['done'], example: { message: 'a' } },
  subflow: { settings: { version: 'latest', inputs: {} }, outcomes: ['done'], example: { scenario: 'a' } },
  'send-digits': { settings: { durationMs: 100, gapMs: 100 }, outcomes: ['done'], example: { digits: '1' } },
  return: { settings: { outcome: 'done', outputs: {} }, outcomes: [] },
  'wait-for-hang-up': { settings: {}, outcomes: ['timeout'] },
  'hang-up': { settings: { cause: 'normal' }, outcomes: [] },
  'detect-fax': {
    settings: { prompt: [], bargeIn: true, tones: ['cng', 't38'], timeoutMs: 10000, leg: 'caller' },
    outcomes: ['fax', 'no-fax'],
  },
  'send-fax': {
    settings: { leg: 'caller', options: {}, ringMs: 60000, waitForHangUpMs: 10000 },
    outcomes: [...SENDING_OUTCOMES],
    example: { document: 'offer' },
  },
  'receive-fax': {
    settings: { leg: 'caller', options: {}, waitForHangUpMs: 5000 },
    outcomes: [...RECEIVING_OUTCOMES],
  },
  'start-fax': {
    settings: { direction: 'send', leg: 'caller', options: {} },
    outcomes: ['started', 'bad-options'],
    example: { document: 'offer' },
  },
  'wait-for-fax': {
    settings: { timeoutMs: 0, leg: 'caller' },
    outcomes: ['page', 'finished', 'timeout'],
    example: { until: 'page' },
  },
  'build-fax': {
    settings: {
      documents: [],
      inserts: [],
      coverFrom: '',
      coverSubject: '',
      coverMessage: '',
      texts: [],
      pageNumbers: '',
    },
    outcomes: ['built'],
  },
  'queue-fax': {
    settings: { options: {}, priority: 5 },
    outcomes: ['queued'],
    example: { to: '+37052000000', document: 'offer' },
  },
  'stop-fax': { settings: { leg: 'caller' }, outcomes: ['stopped'] },
};

interface FieldSchema {
  title?: string;
  description?: string;
  control?: string;
}

describe('the catalogue', () => {
  it('has every type that is promised, and no other', () => {
    expect(catalogue.map(({ type }) => type).sort()).toEqual(Object.keys(PROMISED).sort());
    expect(nodeType('menu')?.title).toBe('Menu');
    expect(nodeType('fly')).toBe(undefined);
  });

  describe.each(Object.entries(PROMISED))('%s', (type, { settings, outcomes, example = {} }) => {
    const definition = nodeType(type);
    if (!definition) throw new Error(`There is no ${type}.`);

    it('has the promised defaults and outcomes', () => {
      const config = definition.config.parse(example);
      expect(config).toMatchObject(settings);
      expect(definition.outcomes(config)).toEqual(outcomes);
    });

    it('has a form: each setting with title, help and control', () => {
      const schema = z.toJSONSchema(definition.config, { io: 'input' });
      for (const [name, field] of Object.entries(schema.properties ?? {}) as [string, FieldSchema][]) {
        expect(field.title, `${type}.${name}`).toBeTruthy();
        expect(field.description, `${type}.${name}`).toBeTruthy();
        expect(field.control, `${type}.${name}`).toBeTruthy();
      }
      expect(definition.summary).toMatch(/\.$/);
    });

    it('says what each value of its output is, with an example that fits', () => {
      for (const [name, value] of Object.entries(definition.output?.shape ?? {})) {
        const { description, examples = [] } = z.toJSONSchema(value);
        expect(description, name).toMatch(/\.$/);
        expect(examples.length, name).toBe(1);
        expect(value.safeParse(examples[0]).success, name).toBe(true);
      }
    });

    it('takes its own evaluated configuration again', () => {
      const once = definition.config.parse(example);
      expect(definition.config.parse(once)).toEqual(once);
    });

    it('has a manual page whose example is right and whose outcomes are told', () => {
      const page = readFileSync(new URL(`./${type}/${type}.md`, import.meta.url), 'utf8');
      expect(page.startsWith(`# ${definition.title}\n`)).toBe(true);
      const [, text = ''] = /```json\n([^]*?)\n```/.exec(page) ?? [];
      const { invoke } = JSON.parse(text) as { invoke: { src: string; input: unknown } };
      expect(invoke.src).toBe(type);
      const reading = definition.config.safeParse(invoke.input);
      expect(reading.error?.issues ?? []).toEqual([]);
      const own = ['sales', 'vip'];
      for (const outcome of outcomes.filter((name) => !own.includes(name))) expect(page).toContain(`| \`${outcome}\` `);
    });
  });
});
