import type { CallRow } from './call.entity.js';

/** Reads page after page; no more than one is held. */
export type Pages = AsyncIterable<readonly CallRow[]>;

const COLUMNS = [
  'id',
  'startedAt',
  'answeredAt',
  'endedAt',
  'durationMs',
  'direction',
  'from',
  'to',
  'number',
  'scenarioId',
  'version',
  'state',
  'cause',
  'endedBy',
  'lastNode',
] as const satisfies readonly (keyof CallRow)[];

/** RFC 4180, with a byte order mark: without it Excel takes UTF-8 for something else. */
export async function* asCsv(pages: Pages): AsyncGenerator<string> {
  yield `\uFEFF${[...COLUMNS, 'path', 'variables'].join(',')}\r\n`;
  for await (const rows of pages) yield rows.map(csvLine).join('');
}

/** One array, an object a line. */
export async function* asJson(pages: Pages): AsyncGenerator<string> {
  yield '[';
  let first = true;
  for await (const rows of pages) {
    for (const row of rows) {
      const fields = Object.fromEntries(COLUMNS.map((name) => [name, row[name]]));
      const { path, variables, legs, recordings } = row;
      yield `${first ? '' : ','}\n${JSON.stringify({ ...fields, path, variables, legs, recordings })}`;
      first = false;
    }
  }
  yield '\n]\n';
}

function csvLine(row: CallRow): string {
  const values = [...COLUMNS.map((name) => row[name]), row.path.join(' '), JSON.stringify(row.variables)];
  return `${values.map(csvField).join(',')}\r\n`;
}

/** What a spreadsheet would take for a formula is text: a caller chooses what is in a From. A number in E.164 stays what it is. */
function csvField(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  const safe = /^[=@\t\r]|^[+-](?!\d+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
