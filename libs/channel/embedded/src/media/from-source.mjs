import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const CACHE = new URL('../../../../../node_modules/.cache/callwright/', import.meta.url);

/**
 * Bundles a worker's TypeScript into one file that Node can run, and gives its address. For tests alone: they run from sources, and what
 * they test must be the sources' present state. The bundler is Vite's own, so nothing is installed for it.
 */
export async function bundleWorker(entry) {
  const bundle = await rolldown({
    input: fileURLToPath(entry),
    platform: 'node',
    external: ['koffi'],
    resolve: { conditionNames: ['@callwright/source', 'import', 'node', 'default'] },
  });
  const { output } = await bundle.generate({ format: 'esm', sourcemap: 'inline' });
  await bundle.close();
  const { code } = output[0];
  const file = new URL(`worker-${createHash('sha256').update(code).digest('hex').slice(0, 16)}.mjs`, CACHE);
  await mkdir(CACHE, { recursive: true });
  // Tests run side by side: nobody may see half a file.
  const unfinished = new URL(`${file.href}.${randomUUID()}`);
  await writeFile(unfinished, code);
  await rename(unfinished, file);
  return pathToFileURL(fileURLToPath(file));
}
