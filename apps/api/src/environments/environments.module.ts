import { Module } from '@nestjs/common';
import { CallEnvironments } from './call-environments.js';
import { EnvironmentsController } from './environments.controller.js';
import { EnvironmentsService } from './environments.service.js';
import { Readiness } from './readiness.js';

@Module({
  controllers: [EnvironmentsController],
  providers: [CallEnvironments, EnvironmentsService, Readiness],
  exports: [CallEnvironments, EnvironmentsService],
})
export class EnvironmentsModule {}
