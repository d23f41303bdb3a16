import { Module } from '@nestjs/common';
import { PhonesController } from './phones.controller.js';
import { PhonesService } from './phones.service.js';
import { ProvisioningController } from './provisioning.controller.js';
import { Provisioning } from './provisioning.js';
import { UsesModule } from '../uses/uses.module.js';

@Module({
  imports: [UsesModule],
  controllers: [PhonesController, ProvisioningController],
  providers: [PhonesService, Provisioning],
  exports: [PhonesService],
})
export class PhonesModule {}
