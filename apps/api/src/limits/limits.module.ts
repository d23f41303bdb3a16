import { Module } from '@nestjs/common';
import { PhonesModule } from '../phones/phones.module.js';
import { TrunksModule } from '../trunks/trunks.module.js';
import { LimitsController } from './limits.controller.js';
import { LimitsService } from './limits.service.js';
import { OutboundPolicy } from './outbound-policy.js';

@Module({
  imports: [PhonesModule, TrunksModule],
  controllers: [LimitsController],
  providers: [LimitsService, OutboundPolicy],
  exports: [LimitsService, OutboundPolicy],
})
export class LimitsModule {}
