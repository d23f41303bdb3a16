import { defineConfig } from 'vitest/config';

const conditions = ['@callwright/source', 'module', 'import', 'default'];

/** End to end: the built product as a process of its own, met over its sockets alone. One file at a time, for audio has its own pace. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    root: import.meta.dirname,
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
    projects: [
      ...['calls', 'api', 'interop', 'designer'].map((name) => ({
        extends: true as const,
        test: {
          name,
          include: [`${name}/**/*.test.ts`],
          exclude: ['**/*.long.test.ts'],
          // A browser, phones and the server share the machine: what a busy moment spoils is tried again, and told; a defect fails each time.
          retry: name === 'api' ? 0 : 2,
        },
      })),
      // `npm run bench`, and the figures that take minutes: `npm run test:long`.
      { extends: true as const, test: { name: 'bench', include: ['load/**/*.bench.ts'], testTimeout: 1_800_000 } },
      { extends: true as const, test: { name: 'long', include: ['**/*.long.test.ts'], testTimeout: 1_800_000 } },
    ],
  },
});
