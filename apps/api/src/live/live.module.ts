import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { RunningCallsModule } from '../calls/running-calls.module.js';
import { ScenariosModule } from '../scenarios/scenarios.module.js';
import { TelephonyModule } from '../telephony/telephony.module.js';
import { Boards } from './boards.js';
import { Listening } from './listening.js';
import { LiveGateway } from './live.gateway.js';

@Module({
  imports: [CallsModule, RunningCallsModule, ScenariosModule, TelephonyModule],
  providers: [Boards, Listening, LiveGateway],
})
export class LiveModule {}
