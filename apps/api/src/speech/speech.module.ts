import { Module } from '@nestjs/common';
import { TelephonyModule } from '../telephony/telephony.module.js';
import { PromptPreview } from './prompt-preview.js';
import { SpeechController } from './speech.controller.js';

/** What calls will say, heard before there is a call. */
@Module({ imports: [TelephonyModule], controllers: [SpeechController], providers: [PromptPreview] })
export class SpeechModule {}
