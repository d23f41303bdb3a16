import { isCallwrightError } from '@callwright/kernel';
import { describe, expect, it } from 'vitest';
import { checkExpression, compileExpression } from './index.js';

const error = (text: string) => {
  const found = checkExpression(text);
  if (!found) throw new Error(`${text} compiles`);
  return found;
};

describe('usual slips are named with their fix', () => {
  it.each([
    ['vars.a == 1', 'Write = for', 7],
    ['vars.a === 1', 'Write = for', 7],
    ['vars.a !== 1', 'Write != for', 7],
    ['vars.a && vars.b', 'Write "and"', 7],
    ['vars.a || vars.b', 'Write "or"', 7],
    ['!vars.a', '$not(', 0],
    ['vars.a <> 1', 'Write != for', 7],
    ["vars.a = 'it", 'has no end', 9],
    ['vars.a = "it', 'has no end', 9],
    ['“x”', 'straight quotes', 0],
    ['vars?.a', 'missing value', 4],
    ['length(vars.a)', 'Write $length(', 0],
    ['frobnicate(vars.a)', 'There is no function frobnicate', 0],
    ['$Length(vars.a)', 'Did you mean $length', 0],
    ['$call.from', 'Write call, without $', 0],
    ['tries + 1', 'vars.tries', 0],
    ['$nothing', 'vars.NAME', 0],
    ['vars.a = "==" & " &&', 'has no end', 16],
    ['', 'empty', 0],
    ['vars.(', 'Unexpected end|Expected', 6],
  ])('%s', (text, message, position) => {
    expect(error(text).message).toMatch(new RegExp(message.replace(/[$()]/g, '\\$&')));
    expect(error(text).details['position']).toBe(position);
    expect(isCallwrightError(error(text))).toBe(true);
  });

  it.each(['vars.a != 1', '"a == b && c || !d"', "'=='", 'vars.a = "“x”"', '$not(vars.a)', '$exists(vars.a)'])(
    '%s is none',
    (text) => {
      expect(checkExpression(text)).toBeNull();
    },
  );
});

describe('what an expression refers to', () => {
  it.each<[string, string[][]]>([
    ['steps.menu.digits', [['steps', 'menu', 'digits']]],
    [
      'vars.a + steps.b.c[0].d',
      [
        ['vars', 'a'],
        ['steps', 'b'],
      ],
    ],
    ['vars.list[steps = 1]', [['vars']]],
    ['vars.list.(steps.menu)', [['vars', 'list']]],
    [
      '$map(vars.list, function($x) { $x & call.from })',
      [
        ['vars', 'list'],
        ['call', 'from'],
      ],
    ],
  ])('%s', (text, references) => {
    expect(compileExpression(text).references).toEqual(references);
  });
});
