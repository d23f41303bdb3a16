import { Module } from '@nestjs/common';
import { NumbersController } from './numbers.controller.js';
import { NumbersService } from './numbers.service.js';

@Module({ controllers: [NumbersController], providers: [NumbersService], exports: [NumbersService] })
export class NumbersModule {}
