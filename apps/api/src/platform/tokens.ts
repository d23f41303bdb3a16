/** What is injected and is not a class. */
export const CONFIG = Symbol('Config');
export const CLOCK = Symbol('Clock');
export const LOGGER = Symbol('Logger');
export const TELEPHONY = Symbol('Telephony');
export const SPEECH = Symbol('Speech');
export const TELEPHONY_FACTORY = Symbol('TelephonyFactory');
