import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { commitOf } from './commit-of.js';

let folder: string;
let repository: string;

function git(...words: string[]): string {
  return execFileSync('git', ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commit-'));
  repository = join(folder, 'repository');
  execFileSync('git', ['init', '-q', '-b', 'main', repository]);
  writeFileSync(join(repository, 'a'), 'a');
  git('add', 'a');
  git('commit', '-qm', 'one');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is the commit of the branch, loose or packed', () => {
  expect(commitOf(repository)).toBe(git('rev-parse', 'HEAD'));
  git('pack-refs', '--all');
  expect(commitOf(repository)).toBe(git('rev-parse', 'HEAD'));
});

it('is the commit without a branch', () => {
  git('checkout', '-q', '--detach');
  expect(commitOf(repository)).toBe(git('rev-parse', 'HEAD'));
});

it('is the commit of a further work tree', () => {
  git('worktree', 'add', '-q', '-b', 'other', join(folder, 'other'));
  expect(commitOf(join(folder, 'other'))).toBe(git('rev-parse', 'other'));
});

it('is unknown outside a repository', () => {
  expect(commitOf(folder)).toBe('unknown');
});
