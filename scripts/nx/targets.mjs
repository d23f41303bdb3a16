import { dirname } from 'node:path';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Nx plugin: every project has the same targets, so they are written once and here. A project is a folder with a `package.json`
 * (apps, libs) or a `project.json` (what is no package: `scripts`, `test`).
 */
export const createNodesV2 = [
  '{apps,libs,scripts,test}/**/{package,project}.json',
  (files, _options, { workspaceRoot }) =>
    files.map((file) => {
      const root = dirname(file);
      return [file, { projects: { [root]: { targets: targetsOf(root, workspaceRoot) } } }];
    }),
];

function targetsOf(root, workspaceRoot) {
  const has = (name) => existsSync(join(workspaceRoot, root, name));
  return {
    lint: { command: `eslint ${root}`, cache: true },
    ...(has('tsconfig.json') && { build: { command: `tsc -b ${root}` } }),
    ...(has('vitest.config.ts') && { test: { command: `vitest run --root ${root}` } }),
  };
}
