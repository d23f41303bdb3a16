import { config } from 'zod/v4/core';

// Schemas are compiled to functions where that is allowed; the page's Content-Security-Policy does not, and even asking is reported.
config({ jitless: true });
