import { Module } from '@nestjs/common';
import { TrunksController } from './trunks.controller.js';
import { TrunksService } from './trunks.service.js';
import { UsesModule } from '../uses/uses.module.js';

@Module({
  imports: [UsesModule],
  controllers: [TrunksController],
  providers: [TrunksService],
  exports: [TrunksService],
})
export class TrunksModule {}
