import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { SpeechService } from '@callwright/speech';
import type { Logger } from 'pino';
import { LOGGER, SPEECH } from '../platform/tokens.js';
import { spokenTexts } from '../scenarios/documents.js';
import type { ScenarioVersion } from '../scenarios/scenario.entity.js';
import { ScenariosService } from '../scenarios/scenarios.service.js';

/** When a version is published its prompts are spoken ahead, so that no caller waits for them. */
@Injectable()
export class PromptsAhead implements OnApplicationShutdown {
  readonly #stop = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(
    scenarios: ScenariosService,
    @Inject(SPEECH) private readonly speech: SpeechService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    scenarios.published.subscribe((version) => {
      this.#last = this.#last.then(() => this.#prepare(version));
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#last;
    await this.speech.close();
  }

  async #prepare({ scenarioId, version, document }: ScenarioVersion): Promise<void> {
    const texts = spokenTexts(document);
    if (texts.length === 0 || !this.speech.availability.available) return;
    try {
      const { ready, failed } = await this.speech.prepare(texts, this.#stop.signal);
      this.logger.info(
        { scenario: scenarioId, version, ready, failed: failed.map(({ error }) => error.code) },
        'prompts are spoken ahead',
      );
    } catch (error) {
      if (!this.#stop.signal.aborted)
        this.logger.warn({ err: error, scenario: scenarioId, version }, 'prompts could not be spoken ahead');
    }
  }
}
