import { Module } from '@nestjs/common';
import { PhonesController } from './phones.controller.js';
import { PhonesService } from './phones.service.js';
import { UsesModule } from '../uses/uses.module.js';

@Module({
  imports: [UsesModule],
  controllers: [PhonesController],
  providers: [PhonesService],
  exports: [PhonesService],
})
export class PhonesModule {}
