import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../build.mjs';
import { ensureModules } from '../npm.mjs';
import { ROOT } from '../paths.mjs';
import { orRefuse, say } from '../progress.mjs';
import { configurationPage } from './configuration.mjs';
import { errorsPage } from './errors.mjs';
import { eventsPage } from './events.mjs';
import { nodesPage } from './nodes.mjs';
import { stateMachinesPage } from './state-machines.mjs';

const PAGES = {
  'nodes.md': nodesPage,
  'errors.md': errorsPage,
  'events.md': eventsPage,
  'configuration.md': configurationPage,
  'state-machines.md': stateMachinesPage,
};

const NOTE = '<!-- Generated from the code by `node scripts/reference.mjs`. Changes belong there. -->\n\n';

/** Writes the reference pages out of the built code, or (`check`) says which of them are not what the code says. Gives the exit code. */
export const writeReference = ({ check }) =>
  orRefuse(async () => {
    await ensureModules();
    await ensureBuilt({ quiet: true });
    let stale = 0;
    for (const [name, page] of Object.entries(PAGES)) {
      const path = join(ROOT, 'docs/reference', name);
      const text = `${NOTE}${(await page()).trimEnd()}\n`;
      const stands = existsSync(path) ? readFileSync(path, 'utf8') : null;
      if (stands === text) continue;
      if (check) {
        stale++;
        say(`docs/reference/${name} is not what the code says. Run: node scripts/reference.mjs`);
      } else {
        mkdirSync(join(ROOT, 'docs/reference'), { recursive: true });
        writeFileSync(path, text);
        say(`wrote docs/reference/${name}`);
      }
    }
    return stale === 0 ? 0 : 1;
  });
