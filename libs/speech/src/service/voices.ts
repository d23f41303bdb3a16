import { unavailable, unknownLanguage } from '../errors.js';
import type { SpeechEngine, SpeechVoice } from '../engines/engine.js';
import { languageOf, primaryLanguage } from '../normaliser/languages/index.js';
import type { TextSegment } from '../normaliser/segments.js';

export interface Choice {
  readonly engine: SpeechEngine;
  readonly voice: string;
}

/** Who speaks what: engines in the order in which they are asked, and the sentences about those that are missing. */
export class VoiceBook {
  readonly engines: readonly SpeechEngine[];
  readonly reasons: readonly string[];

  constructor(engines: readonly SpeechEngine[], reasons: readonly string[]) {
    this.engines = engines;
    this.reasons = reasons;
  }

  get voices(): readonly (SpeechVoice & { readonly engine: string })[] {
    return this.engines.flatMap((engine) => engine.voices.map((voice) => ({ ...voice, engine: engine.name })));
  }

  has(voice: string): boolean {
    return this.engines.some((engine) => engine.voices.some(({ name }) => name === voice));
  }

  /**
   * All that can speak a text, best first. A voice that speaks the text's language wins; a voice that is not there is replaced by the usual one:
   * a caller hears the words in any case. Throws `speech.unavailable`, `speech.unknown-language`.
   */
  choices({ language, voice }: Pick<TextSegment, 'language' | 'voice'>): [Choice, ...Choice[]] {
    const found: Choice[] = [];
    for (const engine of this.engines) {
      const named = engine.voices.find(
        (known) => known.name === voice && primaryLanguage(known.language) === primaryLanguage(language),
      );
      if (named) found.unshift({ engine, voice: named.name });
      else {
        const usual = engine.voiceFor(language);
        if (usual !== undefined) found.push({ engine, voice: usual });
      }
    }
    const [first, ...others] = found;
    if (first) return [first, ...others];
    // Without a missing engine nothing that could be installed would help.
    if (this.reasons.length === 0 && !languageOf(language)) throw unknownLanguage(language);
    throw unavailable(language, this.reasons);
  }
}
