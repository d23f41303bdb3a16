import { Module } from '@nestjs/common';
import { PublishedScenarios } from './published-scenarios.js';
import { Revisions } from './revisions/revisions.service.js';
import { ScenariosController } from './scenarios.controller.js';
import { ScenariosService } from './scenarios.service.js';
import { ScenarioTestsController } from './tests/scenario-tests.controller.js';
import { ScenarioTestsService } from './tests/scenario-tests.service.js';

@Module({
  controllers: [ScenariosController, ScenarioTestsController],
  providers: [PublishedScenarios, Revisions, ScenariosService, ScenarioTestsService],
  exports: [PublishedScenarios, ScenariosService],
})
export class ScenariosModule {}
