import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from 'marked';
import type { Plugin } from 'vite';

const ID = 'virtual:node-manuals';
const PAGE = 'virtual:node-manual/';
const NODES = join(import.meta.dirname, '../../../libs/nodes/src');

/**
 * The manual page of each node type (`libs/nodes/src/menu/menu.md`), made HTML while the page is built and fetched when somebody opens it:
 * `{ menu: () => import('virtual:node-manual/menu'), … }`.
 */
export function nodeManuals(): Plugin {
  const file = (type: string) => join(NODES, type, `${type}.md`);
  return {
    name: 'callwright:node-manuals',
    resolveId: (id) => (id === ID || id.startsWith(PAGE) ? `\0${id}` : undefined),
    async load(id) {
      if (id === `\0${ID}`) {
        const types = readdirSync(NODES, { withFileTypes: true })
          .filter((entry) => entry.isDirectory() && readdirSync(join(NODES, entry.name)).includes(`${entry.name}.md`))
          .map(({ name }) => name);
        return `export const nodeManuals = { ${types.map((type) => `'${type}': () => import('${PAGE}${type}')`).join(', ')} };\n`;
      }
      if (!id.startsWith(`\0${PAGE}`)) return undefined;
      const type = id.slice(PAGE.length + 1);
      this.addWatchFile(file(type));
      // The title stands above the page already.
      const text = readFileSync(file(type), 'utf8').replace(/^# .*\n/, '');
      return `export default ${JSON.stringify(await marked.parse(text))};\n`;
    },
  };
}
