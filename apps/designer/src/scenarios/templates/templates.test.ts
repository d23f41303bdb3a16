import { generateTests, runScenarioTest, type Step } from '@callwright/runtime/rehearsal';
import { validateScenario } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { nodeCatalogue } from '../../editor/model/catalogue.js';
import { documentOf, templates, type TemplateName } from './index.js';

const names = Object.keys(templates) as TemplateName[];
/** A Wednesday, at noon in Berlin. */
const NOW = Date.parse('2026-03-04T11:00:00Z');

describe('every template', () => {
  it.each(names.filter((name) => name !== 'empty'))('%s has nothing that validation would say', (name) => {
    expect(validateScenario(documentOf(templates[name], 'Mine'), nodeCatalogue)).toEqual([]);
  });

  it.each(names)('%s has a call down every wire that a caller can take', async (name) => {
    const { unreached } = await generateTests(documentOf(templates[name], 'Mine'), [], { now: NOW });
    expect(unreached).toEqual([]);
  });

  it.each(names)('%s is drawn without nodes on top of each other', (name) => {
    const places = Object.values(documentOf(templates[name], 'Mine').states).flatMap(({ meta }) => {
      const place = (meta as { canvas?: { x: number; y: number } } | undefined)?.canvas;
      return place ? [place] : [];
    });
    for (const [index, one] of places.entries()) {
      const near = places
        .slice(index + 1)
        .find((two) => Math.abs(one.x - two.x) < 260 && Math.abs(one.y - two.y) < 110);
      expect(near, `something lies on ${one.x}, ${one.y}`).toBeUndefined();
    }
  });
});

const call = async (
  name: TemplateName,
  steps: Step[],
  more: { now?: string; params?: Record<string, string> } = {},
) => {
  const report = await runScenarioTest(
    documentOf(templates[name], 'Mine'),
    { name: 'by hand', steps, ...more },
    { now: NOW },
  );
  expect(report.failure).toBeNull();
};

describe('a call', () => {
  it('to the front desk at 2 leaves a message', () =>
    call('menu', [{ hear: 'press 1' }, { press: '2' }, { expect: { node: 'message' } }]));

  it('to the front desk when the colleague is busy leaves a message', () =>
    call('menu', [
      { press: '1' },
      { answer: { node: 'colleague', outcome: 'busy' } },
      { expect: { node: 'message' } },
    ]));

  it('within hours reaches the desk', () =>
    call('afterHours', [{ expect: { node: 'desk' } }], { now: '2026-03-04T11:00:00Z' }));

  it('at night hears when somebody is there', () =>
    call('afterHours', [{ hear: 'we are closed' }, { hear: 'leave a message' }], { now: '2026-03-04T23:00:00Z' }));

  it('on Christmas hears of the holiday', () =>
    call('afterHours', [{ hear: 'because of the holiday' }], { now: '2028-12-25T11:00:00Z' }));

  it('to an extension rings the phone of that name', () =>
    call('directory', [
      { press: '123' },
      { expect: { node: 'connect' } },
      { answer: { node: 'connect', outcome: 'returned' } },
      { hear: 'goodbye' },
    ]));

  it('goes from phone to phone, and to the machine', () =>
    call('hunt', [
      { answer: { node: 'first', outcome: 'no-answer' } },
      { answer: { node: 'second', outcome: 'busy' } },
      { hear: 'leave a message' },
    ]));

  it('in German goes on in German', () => call('languages', [{ press: '2' }, { hear: 'Kundendienst' }]));

  it('asks to be called back at another number', () =>
    call('callMeBack', [
      { press: '2' },
      { hear: 'enter the number' },
      { press: '37060000001#' },
      { answer: { node: 'wish', outcome: 'ok' } },
      { expect: { vars: { number: '37060000001' } } },
      { hear: 'call you back' },
    ]));

  it('with a PIN that is known is let in, with another it is not', async () => {
    await call('pin', [
      { press: '4711#' },
      { answer: { node: 'check', outcome: 'ok', output: { status: 200, body: { valid: true } } } },
      { expect: { node: 'inside' } },
    ]);
    await call('pin', [
      { press: '0000#' },
      { answer: { node: 'check', outcome: 'ok', output: { status: 200, body: { valid: false } } } },
      { hear: 'not known' },
    ]);
  });

  it('enters the room of its number', () => call('conference', [{ press: '42#' }, { expect: { node: 'name' } }]));

  it('reminds of the time that the API gave, and notes the answer', () =>
    call(
      'appointment',
      [
        { hear: 'on Friday at ten' },
        { press: '1' },
        { answer: { node: 'confirmed', outcome: 'ok' } },
        { hear: 'that is noted' },
      ],
      { params: { when: 'Friday at ten', appointment: '7' } },
    ));

  it('answers two questions, and nothing but one to five counts', () =>
    call('survey', [{ press: '9' }, { hear: 'How content' }, { press: '5' }, { press: '4' }, { hear: 'remark' }]));

  it('reaches the desk when there is no emergency', () => call('emergency', [{ expect: { node: 'desk' } }]));
});
