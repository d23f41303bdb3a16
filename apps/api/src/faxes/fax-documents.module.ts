import { Module } from '@nestjs/common';
import { SchedulesModule } from '../schedules/schedules.module.js';
import { FaxDocuments } from './documents/fax-documents.js';
import { FaxPress } from './documents/fax-press.js';
import { FaxOrders } from './queue/fax-orders.js';

/** What calls need of faxes: documents, and a place in the queue. The queue itself needs the calls. */
@Module({
  imports: [SchedulesModule],
  providers: [FaxDocuments, FaxOrders, FaxPress],
  exports: [FaxDocuments, FaxOrders, FaxPress],
})
export class FaxDocumentsModule {}
