import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { invalid } from '../../errors.js';

/** The part of an issue that Standard Schema (1.0) and Zod have alike. */
interface Issue {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly message: string;
}

/** `input.invalid` with all fields at once. */
export const invalidBy = (issues: readonly Issue[]) =>
  invalid(
    issues.map(({ path, message }) => ({
      path: (path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.'),
      message,
    })),
  );

/** Checks every body, query and parameter that has a schema. */
export const validationPipe = new StandardSchemaValidationPipe({ exceptionFactory: invalidBy });

/** The same for what comes another way, as the fields of a multipart request do. Throws `input.invalid`. */
export function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  throw invalidBy(reading.error.issues);
}
