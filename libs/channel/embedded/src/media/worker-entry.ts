/** The loader that a run from sources needs lies beside this file there, and is not built. */
const FROM_SOURCE = './from-source.mjs';
const PROGRAMS = { media: './worker/main', fax: './fax/worker/main' } as const;

/**
 * The file that a worker thread runs. Built code has it beside itself. In sources (tests) there is only TypeScript, which Node 20 cannot
 * run in a thread: then the entry is bundled on demand, once for each state of the sources.
 */
export async function workerEntry(kind: keyof typeof PROGRAMS = 'media'): Promise<URL> {
  const program = PROGRAMS[kind];
  if (import.meta.url.endsWith('.js')) return new URL(`${program}.js`, import.meta.url);
  const { bundleWorker } = (await import(new URL(FROM_SOURCE, import.meta.url).href)) as {
    bundleWorker: (entry: URL) => Promise<URL>;
  };
  return bundleWorker(new URL(`${program}.ts`, import.meta.url));
}
