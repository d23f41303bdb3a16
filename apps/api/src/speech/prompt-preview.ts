import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { newId } from '../platform/ids.js';
import { Prompts } from '../telephony/prompts.js';
import type { previewRequest } from './speech.schemas.js';

const RATE_HZ = 8_000;
/** Nobody listens to more of it in an editor, and a silence can be an hour long. */
const LONGEST_SAMPLES = 120 * RATE_HZ;

/** The audio of a whole prompt, made by what makes it for calls. */
@Injectable()
export class PromptPreview {
  constructor(private readonly prompts: Prompts) {}

  /** 16-bit mono, 8,000 Hz. Rejects as the parts do: `media.not-found`, `speech.unavailable`, `speech.bad-ssml`, … */
  async audio(workspaceId: string, { prompt, voice, language }: z.output<typeof previewRequest>): Promise<Int16Array> {
    // No call has this id: there are no recordings of it to be found.
    const context = { workspaceId, callId: newId(), voice, language };
    const parts: Int16Array[] = [];
    let length = 0;
    for (const part of prompt) {
      const room = LONGEST_SAMPLES - length;
      if (room <= 0) break;
      const cut = 'silence' in part ? { silence: Math.min(part.silence, room / (RATE_HZ / 1000)) } : part;
      const { pcm } = await this.prompts.audio(cut, context);
      parts.push(pcm.subarray(0, room));
      length += Math.min(pcm.length, room);
    }
    const whole = new Int16Array(length);
    let at = 0;
    for (const pcm of parts) {
      whole.set(pcm, at);
      at += pcm.length;
    }
    return whole;
  }
}
