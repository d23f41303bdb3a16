/** Characters of a prompt as written. */
export const MAX_CHARACTERS = 10_000;
/** Characters of a prompt as spoken: a digit becomes up to fifteen letters. About 25 minutes of speech. */
export const MAX_SPOKEN_CHARACTERS = 25_000;
export const MAX_BREAK_MS = 60_000;
export const MAX_BREAKS_MS = 600_000;
export const MAX_DEPTH = 64;
