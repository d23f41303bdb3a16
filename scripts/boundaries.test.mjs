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

const importing = (from) => `import { here } from '${from}';\n\nexport const planted = here;\n`;

describe('module boundaries, with one forbidden import of each kind', () => {
  let result;

  beforeAll(async () => {
    plant('libs/kernel/src/upwards.ts', importing('@callwright/sip'));
    plant('libs/sip/src/sideways.ts', importing('@callwright/media'));
    plant('apps/designer/src/to-node.ts', importing('@callwright/speech'));
    plant('libs/media/src/by-path.ts', importing('../../sip/src/index.js'));
    plant('libs/speech/src/allowed.ts', importing('@callwright/kernel'));
    result = await lint();
  }, 300_000); // Nx and ESLint start anew for each project: long on a busy machine, and the time is no promise.

  it('end with an error', () => expect(result.code).not.toBe(0));

  it('let the import pass that is allowed', () => {
    const [, linted = ''] = result.output.split('> nx run @callwright/speech:lint');
    expect(linted).toContain('eslint libs/speech');
    expect(linted.split('> nx run')[0]).not.toMatch(/error|warning/i);
  });

  it.each([
    ['a lower layer that looks up', 'upwards.ts', 'Circular dependency between'],
    ['one protocol that leans on another', 'sideways.ts', 'A project tagged with "layer:protocol" can only depend on'],
    ['the page that reaches for Node', 'to-node.ts', 'A project tagged with "io:browser" can only depend on'],
    ['a path into another project', 'by-path.ts', 'Projects cannot be imported by a relative or absolute path'],
  ])('refuse %s', (_what, file, complaint) => {
    const [, complaints = ''] = result.output.split(`${file}\n`);
    expect(complaints.replaceAll('\\"', '"').split('✖')[0]).toContain(complaint);
  });
});

function plant(path, source) {
  const file = join(workspace, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
}
