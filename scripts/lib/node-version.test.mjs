import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './paths.mjs';

/** Loads the check in a Node that says it is of another version. */
function checkedBy(version) {
  const path = join(ROOT, 'scripts/lib/node-version.mjs');
  const program = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); await import('${path}');`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', program], (error, _stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stderr }),
    );
  });
}

describe('the Node version', () => {
  it.each(['20.19.0', '20.20.2', '22.1.0', '24.0.0'])('%s will do', async (version) => {
    expect(await checkedBy(version)).toEqual({ code: 0, stderr: '' });
  });

  it.each(['20.18.3', '18.20.4', '12.0.0'])('%s is told off in one sentence', async (version) => {
    const { code, stderr } = await checkedBy(version);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^Callwright needs Node.js 20.19 or newer; this is ${version} .*\\.\\n$`));
  });
});
