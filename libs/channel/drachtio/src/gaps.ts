import { NO_FAX } from './media/freeswitch-session.js';

const NO_EARLY_MEDIA =
  'A far end that we call is heard from its answer on; until then the caller hears the ringback of the scenario.';
const NO_HOLD_MUSIC = 'Who is on hold hears silence.';

const because = (reason: string, rules: readonly string[]) => Object.fromEntries(rules.map((rule) => [rule, reason]));

/** Promises of the contract that this adapter does not keep, by the conformance rule's id, with the reason. Every run prints them. */
export const GAPS: Readonly<Record<string, string>> = {
  ...because(NO_EARLY_MEDIA, ['dialling/early-media', 'dialling/early-media-refused']),
  ...because(NO_HOLD_MUSIC, ['hold/music']),
  ...because(NO_FAX, [
    'fax/not-answered',
    'fax/bad-options',
    'fax/stop',
    'fax/hang-up',
    'fax/busy',
    'fax/detect',
    'fax/detect-abort',
    'fax/send',
    'fax/receive',
  ]),
};
