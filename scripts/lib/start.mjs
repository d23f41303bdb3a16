import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensurePackages } from './apt.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureModules } from './npm.mjs';
import { ROOT } from './paths.mjs';
import { orRefuse, say } from './progress.mjs';
import { PRODUCT_PACKAGES } from './system.mjs';

/**
 * Everything from nothing to a running product. The server is loaded into this very process, so that there is one process
 * to signal and nothing to forward.
 */
export const start = () =>
  orRefuse(async () => {
    await prepare();
    process.env.NODE_ENV ??= 'production';
    await import(pathToFileURL(join(ROOT, 'apps/api/dist/main.js')).href);
  });

export async function prepare() {
  await ensureModules();
  for (const { package: name, off } of await ensurePackages(PRODUCT_PACKAGES)) say(`Without ${name}, ${off}.`);
  await ensureBuilt();
}
