import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const ID = 'virtual:node-icons';
const NODES = join(import.meta.dirname, '../../../libs/nodes/src');

/**
 * `{ PhoneCheck: IconPhoneCheck, … }` for exactly the icons that the node types name, so that a new node type brings its icon along
 * without a change here and without the other five thousand.
 */
export function nodeIcons(): Plugin {
  return {
    name: 'callwright:node-icons',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      const names = [...iconNames()].sort();
      const imports = names.map((name) => `Icon${name}`).join(', ');
      return `import { ${imports} } from '@tabler/icons-react';\nexport const nodeIcons = { ${names.map((name) => `${name}: Icon${name}`).join(', ')} };\n`;
    },
  };
}

function iconNames(): Set<string> {
  const names = new Set<string>();
  for (const file of readdirSync(NODES, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    for (const [, name] of readFileSync(join(NODES, file), 'utf8').matchAll(/^\s*icon: '([A-Za-z0-9]+)'/gm))
      names.add(name!);
  }
  return names;
}
