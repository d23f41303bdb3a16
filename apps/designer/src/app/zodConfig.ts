import { config } from 'zod/v4/core';
import { t } from '../i18n/i18n.js';
import { schemaMessage } from '../i18n/language.js';

config({
  // Schemas are compiled to functions where that is allowed; the page's Content-Security-Policy does not, and even asking is reported.
  jitless: true,
  // A form says what is asked for, not what a parser received.
  customError: (issue) =>
    issue.code === 'invalid_type' && issue.input === undefined ? t('This is required.') : schemaMessage(issue),
});
