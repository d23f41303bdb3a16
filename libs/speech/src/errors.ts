import { inputError, remoteError, resourceError, type CallwrightError } from '@callwright/kernel';

/** Every code of this project, with the sentence that explains it. The reference page is made from this list. */
export const SPEECH_ERRORS = {
  'speech.bad-ssml': 'The text begins with <speak> but is not well-formed SSML; details hold offset, line and column.',
  'speech.too-long': 'The text is longer than a prompt may be; details hold the length and the limit in characters.',
  'speech.unknown-language': 'No engine speaks this language, whatever is installed; details hold the language.',
  'speech.unavailable': 'The engine for this language is not installed; the message names the Debian package.',
  'speech.busy': 'Too many prompts wait for synthesis; try again.',
  'speech.timeout': 'Synthesis took longer than allowed; details hold the limit in ms.',
  'speech.engine-failed': 'Every engine that speaks this language failed; details hold what each one said.',
  'speech.cache-failed':
    'The prompt cache on disk could not be read or written. Reported, never thrown: the prompt is spoken anyway.',
} as const satisfies Record<string, string>;

export type SpeechErrorCode = keyof typeof SPEECH_ERRORS;

/** A place in a text: `offset` counts UTF-16 units from 0, `line` and `column` count from 1. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export const badSsml = (what: string, position: Position): CallwrightError =>
  inputError(
    'speech.bad-ssml' satisfies SpeechErrorCode,
    `${what} at line ${position.line}, column ${position.column}.`,
    {
      ...position,
    },
  );

export const tooLong = (length: number, limit: number): CallwrightError =>
  inputError(
    'speech.too-long' satisfies SpeechErrorCode,
    `A prompt may have ${limit} characters, this one has ${length}.`,
    {
      length,
      limit,
    },
  );

export const unknownLanguage = (language: string): CallwrightError =>
  inputError('speech.unknown-language' satisfies SpeechErrorCode, `No speech engine knows the language ${language}.`, {
    language,
  });

export const unavailable = (language: string, reasons: readonly string[]): CallwrightError =>
  resourceError(
    'speech.unavailable' satisfies SpeechErrorCode,
    `Nothing installed can speak ${language}. ${reasons.join(' ')}`.trim(),
    { language, reasons },
  );

export const busy = (waiting: number): CallwrightError =>
  resourceError('speech.busy' satisfies SpeechErrorCode, `${waiting} prompts already wait for synthesis.`, { waiting });

export const timedOut = (limitMs: number): CallwrightError =>
  resourceError('speech.timeout' satisfies SpeechErrorCode, `Synthesis took longer than ${limitMs} ms.`, { limitMs });

export const engineFailed = (engine: string, what: string, cause?: unknown): CallwrightError =>
  remoteError('speech.engine-failed' satisfies SpeechErrorCode, `${engine}: ${what}`, { engine }, cause);

export const cacheFailed = (what: string, cause: unknown): CallwrightError =>
  resourceError('speech.cache-failed' satisfies SpeechErrorCode, what, {}, cause);
