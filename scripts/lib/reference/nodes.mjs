import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ROOT } from '../paths.mjs';
import { code, table } from './markdown.mjs';

const NEEDS = {
  none: 'Also runs after the call.',
  alive: 'Needs the caller: after a hang-up it gives `failed` with `call.gone`.',
  audio:
    'Needs an audio path to the caller: before the answer it gives `failed` with `call.not-answered`, after a hang-up with `call.gone`.',
};

const PROMPTS = [
  '## Prompts',
  '',
  'A prompt is a list of parts, heard one after the other without a gap: `{ "say": "text" }`, `{ "play": "media name" }`,',
  '`{ "tone": "beep" }` (also `ringback`, `busy`, `congestion`, `dial`: one period of it, and on and on where something rings or waits),',
  '`{ "silence": 500 }`.',
];

export async function nodesPage() {
  const { catalogue } = await import(pathToFileURL(join(ROOT, 'libs/nodes/dist/catalogue.js')).href);
  const parts = [
    '# Node types',
    '',
    'What a scenario is made of. Durations are milliseconds; text fields take `{{ expression }}`. Every node also has the outcome `failed`,',
    'with its error in `steps.<node>.error`; while it is not wired, the scenario’s error path is taken (`on["run.failed"]`), else the call ends politely.',
    'A fault on the error path, which lasts until the caller answers a question by keys or hangs up, ends the run too: an apology is not repeated for ever.',
    '',
    table(
      ['type', 'does'],
      catalogue.map(({ type, summary }) => [`[\`${type}\`](#${type})`, summary]),
    ),
  ];
  parts.push('', ...PROMPTS);
  for (const definition of catalogue) parts.push('', section(definition));
  return parts.join('\n');
}

function section(definition) {
  const { type, title, summary, needs, config, givenAs = {} } = definition;
  const given = Object.entries(givenAs).map(
    ([from, as]) => `While \`${from}\` is not wired, it is given as \`${as}\`.`,
  );
  const fields = fieldsOf(config);
  return [
    `## ${type}`,
    '',
    `**${title}.** ${summary} ${NEEDS[needs]}`,
    '',
    `Outcomes: ${outcomesOf(definition)}. ${given.join(' ')}`.trimEnd(),
    '',
    ...manualOf(type),
    fields.length === 0 ? 'It has no configuration.' : table(['field', 'meaning', 'value', 'default'], fields),
    ...outputOf(definition),
  ].join('\n');
}

/** What expressions read as `steps.<node>` afterwards. */
function outputOf({ output }) {
  if (!output) return [];
  const rows = Object.entries(z.toJSONSchema(output).properties).map(([name, { description, examples }]) => [
    code(name),
    description,
    code(JSON.stringify(examples[0])),
  ]);
  return ['', table(['output', 'meaning', 'such as'], rows)];
}

/** What a schema cannot say (when to use it, examples) stands beside the node. */
function manualOf(type) {
  const page = `libs/nodes/src/${type}/${type}.md`;
  return existsSync(join(ROOT, page)) ? [`When to use it, with an example: [${type}](../../${page}).`, ''] : [];
}

const schemaOf = (config) => z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' });

const fieldsOf = (config) => {
  const { properties = {}, required = [], $defs = {} } = schemaOf(config);
  return Object.entries(properties).map(([name, field]) => [
    code(name),
    field.description ?? field.title,
    valueOf(field, $defs),
    'default' in field ? code(JSON.stringify(field.default)) : required.includes(name) ? '**required**' : '',
  ]);
};

/** What may be written there, in a few words. */
function valueOf(field, defs) {
  if (field.control === 'prompt') return '[prompt](#prompts)';
  if (field.control === 'prompts') return 'list of [prompts](#prompts)';
  const { $ref, enum: choices, const: only, anyOf, type, items, minimum, maximum, additionalProperties } = field;
  if ($ref) return valueOf(defs[$ref.split('/').at(-1)] ?? {}, {}) || 'JSON';
  if (only !== undefined) return code(JSON.stringify(only));
  if (choices) return choices.map((each) => code(String(each))).join(', ');
  if (anyOf) return [...new Set(anyOf.map((each) => valueOf(each, defs)))].join(' or ');
  if (type === 'array') return `list of ${valueOf(items ?? {}, defs)}`;
  if (type === 'object')
    return additionalProperties && typeof additionalProperties === 'object'
      ? `names with ${valueOf(additionalProperties, defs)}`
      : 'object';
  if (type === 'integer' || type === 'number') return `number${range(minimum, maximum)}`;
  return type === 'string' ? 'text' : (type ?? 'JSON');
}

const range = (from, to) => {
  const known = (value) => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (known(from) && known(to)) return ` ${from} – ${to}`;
  return known(from) ? ` from ${from}` : '';
};

const NAMED = 'named-by-configuration';

/** The outcomes of a smallest configuration; what that had to make up is what an author names. */
function outcomesOf({ config, outcomes }) {
  const sample = sampleOf(schemaOf(config), true);
  const parsed = config.safeParse(sample);
  const names = new Set(
    outcomes(parsed.success ? parsed.data : sample).map((name) =>
      name === NAMED ? 'those that its configuration names' : code(name),
    ),
  );
  return names.size > 0 ? [...names].join(', ') : 'none';
}

function sampleOf(schema, isRoot = false) {
  const {
    type,
    properties = {},
    required = [],
    enum: choices,
    anyOf,
    items,
    additionalProperties,
    propertyNames,
  } = schema;
  if ('default' in schema && !isRoot) return schema.default;
  if (choices) return choices[0];
  if (anyOf) return sampleOf(anyOf[0]);
  if (type === 'object' && additionalProperties && typeof additionalProperties === 'object') {
    return { [propertyNames?.enum?.[0] ?? '1']: sampleOf(additionalProperties) };
  }
  if (type === 'object') return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name])]));
  if (type === 'array') return items ? [sampleOf(items)] : [];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  return NAMED;
}
