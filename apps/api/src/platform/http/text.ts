import { z } from 'zod';

// A NUL cannot be stored by PostgreSQL; the other control characters have no business in a name, a header or a log line.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Text of one line or more, without control characters. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !CONTROL.test(value), 'must not hold control characters');

/** The name of something: not empty, no blanks around it. */
export const nameText = text(200).trim().min(1);

export const timeText = z.iso.datetime({ offset: true }).meta({ description: 'ISO 8601.' });

/** What every stored object has in a reply. */
export const stored = {
  id: z.string(),
  createdAt: z.string().meta({ description: 'ISO 8601, UTC.' }),
  updatedAt: z.string().meta({ description: 'ISO 8601, UTC.' }),
};
