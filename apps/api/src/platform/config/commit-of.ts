import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** The commit that is checked out in a folder, read from `.git` without running git; `unknown` where there is none. */
export function commitOf(root: string): string {
  try {
    const git = gitFolderOf(root);
    const head = line(resolve(git, 'HEAD'));
    if (!head.startsWith('ref: ')) return head;
    // A further work tree has a HEAD of its own, and shares its branches with the first.
    const shared = existsSync(resolve(git, 'commondir')) ? resolve(git, line(resolve(git, 'commondir'))) : git;
    return refIn(shared, head.slice('ref: '.length));
  } catch {
    return 'unknown';
  }
}

/** `.git` is a folder, or in a further work tree a file that names one. */
function gitFolderOf(root: string): string {
  const git = resolve(root, '.git');
  return statSync(git).isDirectory() ? git : resolve(root, line(git).replace(/^gitdir: /, ''));
}

/** Git keeps a branch in a file of its own, or with others in `packed-refs`. */
function refIn(git: string, ref: string): string {
  if (existsSync(resolve(git, ref))) return line(resolve(git, ref));
  const packed = readFileSync(resolve(git, 'packed-refs'), 'utf8').split('\n');
  return packed.find((entry) => entry.endsWith(` ${ref}`))?.split(' ')[0] ?? 'unknown';
}

function line(file: string): string {
  return readFileSync(file, 'utf8').trim();
}
