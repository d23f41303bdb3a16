import { structuredPatch } from 'diff';

/** A line of a text diff; `old` and `now` are its numbers in the two texts, null where it is not in that text. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly old: number | null;
  readonly now: number | null;
}

/** Lines around a change that are shown for orientation. */
const CONTEXT = 4;

/** What differs between two texts, line by line: one list of lines for each place, in the order of the texts. Empty: nothing does. */
export function lineDiff(from: string, to: string): readonly (readonly DiffLine[])[] {
  const { hunks } = structuredPatch('', '', from, to, '', '', { context: CONTEXT });
  return hunks.map(({ oldStart, newStart, lines }) => {
    let [old, now] = [oldStart, newStart];
    return lines
      .filter((line) => !line.startsWith('\\'))
      .map((line): DiffLine => {
        const text = line.slice(1);
        if (line.startsWith('+')) return { kind: 'added', text, old: null, now: now++ };
        if (line.startsWith('-')) return { kind: 'removed', text, old: old++, now: null };
        return { kind: 'same', text, old: old++, now: now++ };
      });
  });
}
