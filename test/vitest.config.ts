import { defineConfig } from 'vitest/config';

const suite = (name: string) => ({
  extends: true as const,
  test: { name, include: [`${name}/**/*.test.ts`], exclude: ['**/*.long.test.ts'] },
});

/** End to end: the built product as a process of its own, met over its sockets alone. One file at a time, for audio has its own pace. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: ['calls', 'api', 'interop', 'designer'].map(suite),
  },
});
