import { config } from 'zod/v4/core';

config({
  // Schemas are compiled to functions where that is allowed; the page's Content-Security-Policy does not, and even asking is reported.
  jitless: true,
  // A form says what is asked for, not what a parser received.
  customError: ({ code, input }) => (code === 'invalid_type' && input === undefined ? 'This is required.' : undefined),
});
