import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { MediaModule } from '../media/media.module.js';
import { TelephonyModule } from '../telephony/telephony.module.js';
import { FaxDocumentsModule } from './fax-documents.module.js';
import { FaxesController } from './faxes.controller.js';
import { FaxesService } from './faxes.service.js';
import { FaxJournal } from './queue/fax-journal.js';
import { FaxLine } from './queue/fax-line.js';
import { FaxQueue } from './queue/fax-queue.js';

@Module({
  imports: [FaxDocumentsModule, LimitsModule, MediaModule, TelephonyModule],
  controllers: [FaxesController],
  providers: [FaxJournal, FaxLine, FaxQueue, FaxesService],
  exports: [FaxesService],
})
export class FaxesModule {}
