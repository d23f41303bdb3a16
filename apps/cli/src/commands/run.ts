import { setImmediate } from 'node:timers/promises';
import type { CallEvent } from '@callwright/runtime';
import { Rehearsal } from '@callwright/runtime/rehearsal';
import { oneFile, readArguments } from '../arguments.js';
import { neighbours, readDocument } from '../files.js';
import { errorsOf, findingLine } from '../findings.js';
import { UsageError, type Command } from '../terminal.js';

const USAGE = 'callwright run FILE [--param k=v]…';
const HELP = 'Give digits, hang-up, wait MS, or outcome NODE NAME.';

/** Plays a scenario in the terminal: a line in is what the caller does, a line out is what happens. */
export const run: Command = async (args, { out, err, lines }) => {
  const { positionals, values } = readArguments(args, { param: { type: 'string', multiple: true } });
  const file = oneFile(positionals, USAGE);
  const document = await readDocument(file);
  const errors = await errorsOf(file, document);
  if (errors.length > 0) {
    for (const finding of errors) err(findingLine(file, finding));
    return 1;
  }

  const rehearsal = new Rehearsal({
    document,
    now: Date.now(),
    parameters: parametersOf(values.param ?? []),
    find: neighbours(file),
    settled: () => setImmediate(),
    onEvent: (event) => {
      linesOf(event).forEach(out);
      remarksOf(event).forEach(err);
    },
  });
  const goOn = () => rehearsal.until(() => false);
  await goOn();
  if (!rehearsal.ended) {
    for await (const line of lines) {
      const complaint = await stimulate(rehearsal, line.trim());
      if (complaint !== null) err(complaint);
      else await goOn();
      if (rehearsal.ended) break;
    }
  }
  if (!rehearsal.ended) {
    await rehearsal.hangUp();
    await goOn();
  }
  await rehearsal.close();
  return 0;
};

/** Null, or why the line makes no sense. */
async function stimulate(rehearsal: Rehearsal, line: string): Promise<string | null> {
  if (line === '') return null;
  const [word = '', ...rest] = line.split(/\s+/);
  if (/^[0-9*#A-D]+$/.test(line)) await rehearsal.press(line);
  else if (line === 'hang-up') await rehearsal.hangUp();
  else if (word === 'wait' && rest.length === 1 && /^\d{1,8}$/.test(rest[0] ?? ''))
    await rehearsal.pass(Number(rest[0]));
  else if (word === 'outcome' && rest.length === 2) await rehearsal.answer(rest[0] ?? '', rest[1] ?? '');
  else return `“${line}” is not understood. ${HELP}`;
  return null;
}

function parametersOf(params: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    params.map((param) => {
      const at = param.indexOf('=');
      if (at < 1) throw new UsageError(`--param takes k=v, not “${param}”.`);
      return [param.slice(0, at), param.slice(at + 1)];
    }),
  );
}

/** What a person at a terminal is told of an event. */
function linesOf(event: CallEvent): readonly string[] {
  switch (event.name) {
    case 'node.entered':
      return [`node ${event.node}`];
    case 'node.left':
      return event.outcome === null ? [] : [`outcome ${event.outcome}`];
    case 'prompt.started':
      return (event.parts as readonly Record<string, unknown>[]).map(partLine);
    case 'call.ended':
      return [`ended ${event.cause}`];
    default:
      return [];
  }
}

/** What its author wants to know beside that; on standard error, so that the play can be compared line by line. */
function remarksOf(event: CallEvent): readonly string[] {
  if (event.name === 'log.written') return [`${event.level}: ${event.message}`];
  if (event.name === 'run.failed') return [`${event.node} failed: ${event.code} ${event.message}`];
  return [];
}

function partLine(part: Record<string, unknown>): string {
  const [kind = '', value] = Object.entries(part)[0] ?? [];
  return `${kind} ${String(value)}`;
}
