import { parseArgs, type ParseArgsConfig } from 'node:util';
import { messageOf } from '@callwright/kernel';
import { UsageError } from './terminal.js';

/** `parseArgs` of Node, with its complaints as usage errors. */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

export function oneFile(positionals: readonly string[], usage: string): string {
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError(`Usage: ${usage}`);
  return file;
}

export function someFiles(positionals: readonly string[], usage: string): readonly string[] {
  if (positionals.length === 0) throw new UsageError(`Usage: ${usage}`);
  return positionals;
}
