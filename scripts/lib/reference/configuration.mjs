import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ROOT } from '../paths.mjs';
import { code, table } from './markdown.mjs';

export async function configurationPage() {
  const { environmentSchema } = await import(pathToFileURL(join(ROOT, 'apps/api/dist/platform/config/config.js')).href);
  const rows = Object.entries(environmentSchema.shape).map(([name, field]) => {
    const fallback = z.safeParse(field, undefined);
    return [
      code(name),
      field.meta()?.description ?? field.description,
      fallback.success ? asText(defaultOf(field)) : 'required',
    ];
  });
  return [
    '# Configuration',
    '',
    'Read once from the environment at the start; every mistake is reported at once, and the process ends.',
    '',
    table(['variable', 'meaning', 'default'], rows),
  ].join('\n');
}

/** The default as it is written in the schema, before anything is made of it (`./data`, not this machine's path). */
function defaultOf(field) {
  for (let inner = field; inner; inner = inner.def.innerType ?? inner.def.in) {
    if (inner.def.type === 'default') return inner.def.defaultValue;
  }
  return undefined;
}

const asText = (value) => (value === undefined || value === '' ? '' : code(String(value)));
