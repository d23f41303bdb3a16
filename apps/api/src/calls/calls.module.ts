import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { ScenariosModule } from '../scenarios/scenarios.module.js';
import { TelephonyModule } from '../telephony/telephony.module.js';
import { CallFiguresService } from './call-figures.js';
import { CallPaths } from './call-paths.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';

@Module({
  imports: [EnvironmentsModule, LimitsModule, ScenariosModule, TelephonyModule],
  controllers: [CallsController],
  providers: [CallFiguresService, CallPaths, CallsService],
  exports: [CallsService],
})
export class CallsModule {}
