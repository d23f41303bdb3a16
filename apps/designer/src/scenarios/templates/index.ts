import { msg } from '../../i18n/i18n.js';
import { conference, pin } from './doors.js';
import { afterHours, emergency } from './hours.js';
import { callMeBack, message } from './messages.js';
import { appointment, survey } from './outbound.js';
import { directory, hunt, languages, menu } from './reception.js';
import type { Template } from './template.js';

const empty: Template = { title: msg('An empty canvas'), text: msg('Only the answer; the rest is yours.'), edits: [] };

/** What a new scenario can begin with, in the order of the gallery. */
export const templates = {
  menu,
  afterHours,
  message,
  hunt,
  directory,
  languages,
  callMeBack,
  pin,
  conference,
  appointment,
  survey,
  emergency,
  empty,
} as const;
export type TemplateName = keyof typeof templates;
export { documentOf, type Template } from './template.js';
