import { z } from 'zod';

/** As long as one text of a scenario may be, before and after its expressions are evaluated. */
export const TEXT_LIMIT = 20_000;

/** Whether a text holds an expression, so that its final form is not known yet. */
export const isTemplate = (text: string): boolean => text.includes('{{');

/** A check that waits for the evaluation where a text holds `{{ }}`. */
export const onceEvaluated =
  (check: (text: string) => boolean) =>
  (text: string): boolean =>
    isTemplate(text) || check(text);

/** One line of text; `{{ }}` is evaluated. */
export const text = (title: string, description: string) =>
  z.string().max(TEXT_LIMIT).meta({ title, description, control: 'text' });

/** Text of several lines. */
export const multiline = (title: string, description: string) =>
  z.string().max(TEXT_LIMIT).meta({ title, description, control: 'multiline' });

/** An expression: written without braces, and handed to the node as it is. */
export const expression = (title: string, description: string) =>
  z
    .string()
    .trim()
    .min(1, 'Write a condition.')
    .max(TEXT_LIMIT)
    .meta({ title, description, control: 'expression', template: false });

/** A list of short texts. */
export const tags = (title: string, description: string) =>
  z.array(z.string().min(1).max(64)).max(64).meta({ title, description, control: 'tags' });

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;

/** A name that becomes part of a file name or an address: letters, digits, blank, `.`, `_`, `-`. */
export const name = (title: string, description: string) =>
  z
    .string()
    .max(TEXT_LIMIT)
    .refine(
      onceEvaluated((given) => NAME.test(given)),
      'A name begins with a letter or a digit and has at most 100 letters, digits, blanks, ".", "_" and "-".',
    )
    .meta({ title, description, control: 'text' });
