import { Module } from '@nestjs/common';
import { startSpeech } from '@callwright/speech';
import type { Logger } from 'pino';
import type { Clock } from '@callwright/kernel';
import { RunningCallsModule } from '../calls/running-calls.module.js';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { FaxDocumentsModule } from '../faxes/fax-documents.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { MediaModule } from '../media/media.module.js';
import { NumbersModule } from '../numbers/numbers.module.js';
import { PhonesModule } from '../phones/phones.module.js';
import type { Config } from '../platform/config/config.js';
import { CLOCK, CONFIG, LOGGER, SPEECH, TELEPHONY, TELEPHONY_FACTORY } from '../platform/tokens.js';
import { ScenariosModule } from '../scenarios/scenarios.module.js';
import { TrunksModule } from '../trunks/trunks.module.js';
import { Host } from './host.js';
import { Prompts } from './prompts.js';
import { PromptsAhead } from './prompts-ahead.js';
import { Recordings } from './recordings.js';
import { TelephonyLife } from './telephony-life.js';
import type { TelephonyFactory } from './telephony-factory.js';

@Module({
  imports: [
    EnvironmentsModule,
    FaxDocumentsModule,
    LimitsModule,
    MediaModule,
    NumbersModule,
    PhonesModule,
    RunningCallsModule,
    ScenariosModule,
    TrunksModule,
  ],
  providers: [
    Host,
    Prompts,
    PromptsAhead,
    Recordings,
    TelephonyLife,
    {
      provide: SPEECH,
      inject: [CONFIG, LOGGER],
      useFactory: (config: Config, logger: Logger) =>
        startSpeech({
          dataDirectory: config.DATA_DIR,
          onProblem: (problem) => logger.warn({ code: problem.code }, 'speech has a problem'),
        }),
    },
    {
      provide: TELEPHONY,
      inject: [TELEPHONY_FACTORY, CONFIG, Host, CLOCK, LOGGER],
      useFactory: (make: TelephonyFactory, config: Config, host: Host, clock: Clock, logger: Logger) =>
        make({ config, host, clock, logger }),
    },
  ],
  exports: [Prompts, RunningCallsModule, Recordings, SPEECH, TELEPHONY, TelephonyLife],
})
export class TelephonyModule {}
