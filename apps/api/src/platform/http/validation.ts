import { StandardSchemaValidationPipe } from '@nestjs/common';
import { invalid } from '../../errors.js';

/** Checks every body, query and parameter that has a schema; the error names all fields at once. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    invalid(
      issues.map(({ path, message }) => ({
        path: (path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.'),
        message,
      })),
    ),
});
