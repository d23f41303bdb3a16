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
      ...extra,
    },
  });
}
