import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ROOT } from '../paths.mjs';
import { code, table } from './markdown.mjs';

export async function nodesPage() {
  return ['# Node types'].join('\n');
}
