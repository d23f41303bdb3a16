import { Body, Controller, Get, Header, HttpCode, Inject, Post, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { writeWav } from '@callwright/media';
import type { SpeechService } from '@callwright/speech';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { Allow, Answers, Who } from '../platform/http/routes.js';
import { SPEECH } from '../platform/tokens.js';
import { PromptPreview } from './prompt-preview.js';
import { previewRequest, voicesReply } from './speech.schemas.js';

@Controller('api/speech')
export class SpeechController {
  constructor(
    private readonly preview: PromptPreview,
    @Inject(SPEECH) private readonly speech: SpeechService,
  ) {}

  @Get('voices')
  @Allow('viewer', 'List the voices that can speak here.')
  @Answers(200, voicesReply)
  voices() {
    return { items: [...this.speech.voices], next: null };
  }

  @Post('preview')
  @HttpCode(200)
  @Allow('editor', 'Hear a prompt as callers would: WAV, 8,000 Hz, at most two minutes of it.')
  @ApiProduces('audio/wav')
  @Header('Content-Type', 'audio/wav')
  @Header('Cache-Control', 'private, no-store')
  async hear(@Who() who: Principal, @Body({ schema: previewRequest }) body: z.output<typeof previewRequest>) {
    return new StreamableFile(Buffer.from(writeWav(await this.preview.audio(who.workspaceId, body))));
  }
}
