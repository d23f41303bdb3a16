import { defineConfig } from 'vitest/config';

const projects = [
  'apps/*/vitest.config.ts',
  'libs/*/vitest.config.ts',
  'libs/channel/*/vitest.config.ts',
  'libs/fax/*/vitest.config.ts',
  'scripts/vitest.config.ts',
];

export default defineConfig({ test: { projects } });
