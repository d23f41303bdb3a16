import { z } from 'zod';

/** Any JSON value; each text in it takes `{{ }}`, and a text that is one expression becomes that value. */
export const json = (title: string, description: string) => z.json().meta({ title, description, control: 'json' });

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** Names with JSON values. */
export const assignments = (title: string, description: string) =>
  z
    .record(z.string(), z.json())
    .superRefine((values, context) => {
      for (const name of Object.keys(values)) {
        if (!VARIABLE.test(name)) {
          context.addIssue({
            code: 'custom',
            path: [name],
            message: `"${name}" is no name: use letters, digits and "_", a letter first.`,
          });
        }
      }
    })
    .meta({ title, description, control: 'assign' });
