import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin, ROOT } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

/*
 * The boundary rule has a way of being silently off: without Nx's project graph it skips every import and ESLint ends with 0.
 * So a small workspace with the real configuration is planted with one forbidden import of each kind, and linted as CI lints.
 */
const KEPT = ['package.json', 'nx.json', 'eslint.config.mjs', 'tsconfig.base.json', 'scripts/nx'];
const PROJECTS = ['libs/kernel', 'libs/sip', 'libs/media', 'libs/speech', 'apps/designer'];

let workspace;

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'callwright-boundaries-'));
  for (const path of KEPT) cpSync(join(ROOT, path), join(workspace, path), { recursive: true });
  linkModules();
  for (const project of PROJECTS) {
    const folder = join(workspace, project);
    mkdirSync(join(folder, 'src'), { recursive: true });
    cpSync(join(ROOT, project, 'package.json'), join(folder, 'package.json'));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.base.json', include: ['src/**/*.ts'] }),
    );
    writeFileSync(join(folder, 'src/index.ts'), 'export const here = 1;\n');
  }
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

/** The installed packages, but the workspace's own ones as they are here: Nx tells a project of ours by where its link leads. */
function linkModules() {
  const modules = join(workspace, 'node_modules');
  mkdirSync(join(modules, '@callwright'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@callwright') symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const project of PROJECTS)
    symlinkSync(join(workspace, project), join(modules, '@callwright', basename(project)));
}

async function lint() {
  const env = {
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NX_WORKSPACE_ROOT_PATH: workspace,
    FORCE_COLOR: '0',
  };
  return run(bin('nx'), ['run-many', '-t', 'lint', '--output-style=static', '--skip-nx-cache'], {
    cwd: workspace,
    env,
  });
}

async function lintWith(path, source) {
  const file = join(workspace, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
  try {
    return await lint();
  } finally {
    rmSync(file);
  }
}

describe('module boundaries', () => {
  it('lets a workspace without a forbidden import pass', async () => {
    const { code, output } = await lint();
    expect(output).toContain('Successfully ran target lint');
    expect(code).toBe(0);
  });

  it.each([
    [
      'a lower layer that looks up',
      'libs/kernel/src/planted.ts',
      "import { here } from '@callwright/sip';\n\nexport const planted = here;\n",
      /tagged with "layer:kernel"/,
    ],
    [
      'the page reaching for Node',
      'apps/designer/src/planted.ts',
      "import { here } from '@callwright/speech';\n\nexport const planted = here;\n",
      /can only depend on libs tagged with "io:pure"/,
    ],
    [
      'a path into another project',
      'libs/sip/src/planted.ts',
      "import { here } from '../../media/src/index.js';\n\nexport const planted = here;\n",
      /relative/i,
    ],
  ])('refuses %s', async (_what, path, source, complaint) => {
    const { code, output } = await lintWith(path, source);
    expect(output).toContain('@nx/enforce-module-boundaries');
    expect(output).toMatch(complaint);
    expect(code).not.toBe(0);
  });
});
