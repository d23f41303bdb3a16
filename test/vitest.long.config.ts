import { defineConfig } from 'vitest/config';

/** The figures that take minutes: `npm run test:long`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    environment: 'node',
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
    include: ['**/*.long.test.ts'],
    passWithNoTests: true,
  },
});
