import { Module } from '@nestjs/common';
import { PublishedScenarios } from './published-scenarios.js';
import { ScenariosController } from './scenarios.controller.js';
import { ScenariosService } from './scenarios.service.js';

@Module({
  controllers: [ScenariosController],
  providers: [PublishedScenarios, ScenariosService],
  exports: [PublishedScenarios, ScenariosService],
})
export class ScenariosModule {}
