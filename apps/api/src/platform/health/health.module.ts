import { Module } from '@nestjs/common';
import { TelephonyModule } from '../../telephony/telephony.module.js';
import { HealthController } from './health.controller.js';

@Module({ imports: [TelephonyModule], controllers: [HealthController] })
export class HealthModule {}
