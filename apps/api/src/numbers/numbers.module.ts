import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { NumbersController } from './numbers.controller.js';
import { NumbersService } from './numbers.service.js';

@Module({
  imports: [EnvironmentsModule],
  controllers: [NumbersController],
  providers: [NumbersService],
  exports: [NumbersService],
})
export class NumbersModule {}
