import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { RunningCallsModule } from '../calls/running-calls.module.js';
import { ScenariosModule } from '../scenarios/scenarios.module.js';
import { LiveGateway } from './live.gateway.js';

@Module({ imports: [CallsModule, RunningCallsModule, ScenariosModule], providers: [LiveGateway] })
export class LiveModule {}
