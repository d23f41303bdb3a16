import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** One Vitest project for each library: sources are read through the `@callwright/source` condition, so no build is needed. */
export function project(name: string, extra: ViteUserConfig['test'] = {}): ViteUserConfig {
  return defineConfig({
    resolve: { conditions: ['@callwright/source', 'module', 'import', 'default'] },
    ssr: { resolve: { conditions: ['@callwright/source', 'module', 'import', 'default'] } },
    test: {
      name,
      include: ['src/**/*.test.ts'],
      exclude: ['dist/**', 'node_modules/**'],
      environment: 'node',
      // What hangs is found all the same; what a busy machine slows down is not.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      expect: { poll: { timeout: 15_000 } },
      ...extra,
    },
  });
}

/** Of a project without a world around it: its files share what they import, for reading that anew costs more than the tests do. */
export const pureProject = (name: string): ViteUserConfig => project(name, { isolate: false });
