import { catalogue } from '@callwright/nodes';
import { describe, expect, it } from 'vitest';
import { controlOf, CONTROLS, fieldsOf, humanise } from './fields.js';

const controlsOf = (type: string) => Object.fromEntries(fieldsOf(type).map(({ name, control }) => [name, control]));

describe('the form of a node type', () => {
  it('has the control that the schema names', () => {
    expect(controlsOf('menu')).toMatchObject({
      prompt: 'prompt',
      keys: 'keys',
      attempts: 'number',
      timeoutMs: 'duration',
      noInputPrompts: 'prompts',
      bargeIn: 'switch',
    });
    expect(controlsOf('branch')).toEqual({ cases: 'cases' });
    expect(controlsOf('transfer')).toMatchObject({ to: 'destination', mode: 'choice' });
    expect(controlsOf('http-request')).toMatchObject({ method: 'choice', headers: 'headers', secret: 'secret' });
    expect(controlsOf('business-hours')).toEqual({ schedule: 'schedule' });
  });

  it('asks for what has no default, and only for that', () => {
    const required = fieldsOf('menu').filter((field) => field.required);
    expect(required.map(({ name }) => name)).toEqual(['keys']);
  });

  it.each(catalogue.map(({ type }) => type))('of %s names only controls that exist', (type) => {
    for (const { schema } of fieldsOf(type))
      if (schema.control !== undefined) expect(CONTROLS).toContain(schema.control);
  });
});

describe('a setting without a named control', () => {
  it.each([
    ['tries', { type: 'integer' }, 'number'],
    ['gapMs', { type: 'integer' }, 'duration'],
    ['loud', { type: 'boolean' }, 'switch'],
    ['mode', { type: 'string', enum: ['a', 'b'] }, 'choice'],
    ['codecs', { type: 'array', items: { type: 'string' } }, 'tags'],
    ['anything', { anyOf: [{ type: 'string' }, { type: 'number' }] }, 'json'],
  ] as const)('%s gets the one that fits its shape', (name, schema, control) => {
    expect(controlOf(name, schema)).toBe(control);
  });

  it('gets its name in words', () => {
    expect(humanise('interDigitTimeoutMs')).toBe('Inter digit timeout');
  });
});
