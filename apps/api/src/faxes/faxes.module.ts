import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { MediaModule } from '../media/media.module.js';
import { SchedulesModule } from '../schedules/schedules.module.js';
import { TelephonyModule } from '../telephony/telephony.module.js';
import { AxatelController } from './axatel/axatel.controller.js';
import { AxatelFiles } from './axatel/axatel-files.js';
import { AxatelService } from './axatel/axatel.service.js';
import { FaxDocumentsModule } from './fax-documents.module.js';
import { FaxesController } from './faxes.controller.js';
import { FaxesService } from './faxes.service.js';
import { FaxClaims } from './queue/fax-claims.js';
import { FaxHours } from './queue/fax-hours.js';
import { FaxJournal } from './queue/fax-journal.js';
import { FaxLine } from './queue/fax-line.js';
import { FaxQueue } from './queue/fax-queue.js';

@Module({
  imports: [AuthModule, FaxDocumentsModule, LimitsModule, MediaModule, SchedulesModule, TelephonyModule],
  controllers: [AxatelController, FaxesController],
  providers: [AxatelFiles, AxatelService, FaxClaims, FaxHours, FaxJournal, FaxLine, FaxQueue, FaxesService],
})
export class FaxesModule {}
