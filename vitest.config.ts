import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { projects: ['apps/*/vitest.config.ts', 'libs/*/vitest.config.ts', 'libs/channel/*/vitest.config.ts'] } });
