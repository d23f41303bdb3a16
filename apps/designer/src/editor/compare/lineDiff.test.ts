import { describe, expect, it } from 'vitest';
import { lineDiff } from './lineDiff.js';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);
const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;

describe('a text diff', () => {
  it('is empty for the same text', () => {
    expect(lineDiff('a\nb\n', 'a\nb\n')).toEqual([]);
  });

  it('numbers lines as each text has them', () => {
    expect(lineDiff('a\nb\nc\n', 'a\nB\nc\nd\n')).toEqual([
      [
        { kind: 'same', text: 'a', old: 1, now: 1 },
        { kind: 'removed', text: 'b', old: 2, now: null },
        { kind: 'added', text: 'B', old: null, now: 2 },
        { kind: 'same', text: 'c', old: 3, now: 3 },
        { kind: 'added', text: 'd', old: null, now: 4 },
      ],
    ]);
  });

  it('leaves out what is far from every change', () => {
    const before = numbered(40);
    const places = lineDiff(text(before), text(before.with(2, 'here').with(35, 'and here')));
    expect(places.map((lines) => [lines[0]?.now, lines.at(-1)?.now])).toEqual([
      [1, 7],
      [32, 40],
    ]);
  });
});
