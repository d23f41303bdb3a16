import { Module } from '@nestjs/common';
import { UsesController } from './uses.controller.js';
import { Uses } from './uses.service.js';

@Module({ controllers: [UsesController], providers: [Uses], exports: [Uses] })
export class UsesModule {}
