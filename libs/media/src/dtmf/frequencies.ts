/** ITU-T Q.23: a key is one tone of the low group (its row) and one of the high group (its column). */
export const ROW_HERTZ = [697, 770, 852, 941] as const;
export const COLUMN_HERTZ = [1209, 1336, 1477, 1633] as const;

const KEYPAD = ['123A', '456B', '789C', '*0#D'] as const;

export const keyAt = (row: number, column: number): string => KEYPAD[row]![column]!;

/** Row and column of a key. Throws nothing: an unknown key gives null. */
export function placeOf(digit: string): { readonly row: number; readonly column: number } | null {
  const row = KEYPAD.findIndex((keys) => keys.includes(digit));
  return digit.length !== 1 || row < 0 ? null : { row, column: KEYPAD[row]!.indexOf(digit) };
}
