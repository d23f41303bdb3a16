import { RESERVED_OUTCOMES } from '@callwright/scenario';
import { z } from 'zod';
import { isKeySequence } from './keys.js';
import { expression } from './text.js';

const OUTCOME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u;

/** A way out of a node that its author names. */
export const outcomeName = (title = 'Outcome', description = 'Name of the way out of this node.') =>
  z
    .string()
    .regex(
      OUTCOME,
      'An outcome has at most 64 letters, digits, blanks, ".", "_" and "-", and begins with a letter or a digit.',
    )
    .refine((name) => !RESERVED_OUTCOMES.includes(name), {
      error: ({ input }) => `"${String(input)}" is an outcome with a meaning of its own; choose another name.`,
    })
    .meta({ title, description, control: 'text', template: false });

/** What is pressed, and where it leads. */
export const keyMap = (title: string, description: string) =>
  z
    .record(z.string(), outcomeName())
    .superRefine((keys, context) => {
      const given = Object.keys(keys);
      if (given.length === 0) context.addIssue({ code: 'custom', message: 'Name at least one key.' });
      for (const key of given) {
        if (!isKeySequence(key)) {
          context.addIssue({
            code: 'custom',
            path: [key],
            message: `"${key}" cannot be pressed: keys are 0-9, *, #, A-D.`,
          });
        }
      }
    })
    .meta({ title, description, control: 'keys' });

/** Conditions, the first that holds decides. */
export const cases = (title: string, description: string) =>
  z
    .array(
      z.strictObject({
        when: expression('When', 'An expression, without braces, such as vars.tries > 2.'),
        outcome: outcomeName(),
      }),
    )
    .min(1, 'Add at least one case.')
    .max(100)
    .meta({ title, description, control: 'cases' });

export const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];
