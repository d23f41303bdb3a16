import { expressionError } from './errors.js';

/**
 * Functions that are written without `$`, as authors of this field know them:
 * `makepath(syn_domain(), "tokens/002.mp3")` names a file of the workspace's media library.
 */
export const BARE_FUNCTIONS = {
  /** The root of the workspace's media library. */
  syn_domain: (): string => '',
  /** Joins parts with `/`. Throws `expression.bad-path` for a part that is not text or leaves the folder. */
  makepath: (...parts: readonly unknown[]): string => {
    const steps = parts.flatMap((part) => {
      if (typeof part !== 'string') throw expressionError('expression.bad-path', 'makepath joins texts only.');
      return part.split(/[/\\]+/).filter((step) => step !== '' && step !== '.');
    });
    if (steps.includes('..')) throw expressionError('expression.bad-path', 'A path may not contain "..".');
    return steps.join('/');
  },
} as const;
export type BareFunction = keyof typeof BARE_FUNCTIONS;

export const isBareFunction = (name: string): name is BareFunction => Object.hasOwn(BARE_FUNCTIONS, name);
