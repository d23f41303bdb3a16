import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../paths.mjs';
import { code, table } from './markdown.mjs';

const load = (path) => import(pathToFileURL(join(ROOT, path)).href);

export async function stateMachinesPage() {
  const { TRANSACTION_TABLES } = await load('libs/sip/dist/transactions/tables.js');
  const parts = [
    '# State machines',
    '',
    'The transition tables of the SIP engine are data; these pages are those data.',
    '',
    '## SIP transactions',
    '',
    'RFC 3261 section 17 with RFC 6026.',
  ];
  for (const machine of TRANSACTION_TABLES)
    parts.push('', `### ${machine.name}`, '', diagram(machine), '', transitions(machine));
  return parts.join('\n');
}

const edges = ({ states }) =>
  Object.entries(states).flatMap(([from, inputs]) =>
    Object.entries(inputs).map(([input, { to, do: effects = [] }]) => ({ from, input, to, effects })),
  );

function diagram(machine) {
  const joined = new Map();
  for (const { from, input, to } of edges(machine)) {
    const key = `${from} --> ${to}`;
    joined.set(key, [...(joined.get(key) ?? []), input]);
  }
  const lines = [...joined].map(
    ([arrow, inputs]) =>
      `  ${arrow.replace('initial', '[*]').replace('--> terminated', '--> [*]')}: ${inputs.join(', ')}`,
  );
  return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}

const transitions = (machine) =>
  table(
    ['in state', 'on', 'goes to', 'and does'],
    edges(machine).map(({ from, input, to, effects }) => [from, code(input), to, effects.map(code).join(' ')]),
  );
