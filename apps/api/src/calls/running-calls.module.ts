import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { FaxDocumentsModule } from '../faxes/fax-documents.module.js';
import { ScenariosModule } from '../scenarios/scenarios.module.js';
import { SchedulesModule } from '../schedules/schedules.module.js';
import { SecretsModule } from '../secrets/secrets.module.js';
import { Admission } from './admission.js';
import { CallRegistry } from './call-registry.js';
import { CallServices } from './call-services.js';
import { EventLog } from './event-log.js';
import { InterruptedCalls } from './interrupted-calls.js';
import { SignallingStore } from './signalling/signalling-store.js';

/** Calls as they run; what REST shows of them is another module, for it needs the telephony, which needs this. */
@Module({
  imports: [EnvironmentsModule, FaxDocumentsModule, ScenariosModule, SchedulesModule, SecretsModule],
  providers: [Admission, CallRegistry, CallServices, EventLog, InterruptedCalls, SignallingStore],
  exports: [Admission, CallRegistry, EventLog, InterruptedCalls, SignallingStore],
})
export class RunningCallsModule {}
