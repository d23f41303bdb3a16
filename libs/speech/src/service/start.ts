import { join } from 'node:path';
import { detectEspeak } from '../engines/espeak.js';
import { detectFlite } from '../engines/flite.js';
import { SpeechService, type SpeechServiceOptions } from './speech-service.js';

export type StartSpeechOptions = Omit<SpeechServiceOptions, 'engines' | 'missing' | 'cacheDirectory'> & {
  /** The product's data folder; the cache is `cache/speech` in it. Undefined: memory alone. */
  readonly dataDirectory?: string | undefined;
};

/** Looks for the engines of this machine and gives a service that speaks with those that are there; with none it still starts. */
export async function startSpeech({ dataDirectory, ...options }: StartSpeechOptions = {}): Promise<SpeechService> {
  const found = await Promise.all([detectFlite(), detectEspeak()]);
  return new SpeechService({
    ...options,
    engines: found.flatMap(({ engine }) => (engine ? [engine] : [])),
    missing: found.flatMap((detection) => (detection.engine ? [] : [detection.reason])),
    cacheDirectory: dataDirectory === undefined ? undefined : join(dataDirectory, 'cache', 'speech'),
  });
}
