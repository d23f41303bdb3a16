import { readFile } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import {
  channelError,
  type PromptAudio,
  type PromptContext,
  type PromptLibrary,
  type PromptPart,
  type ToneName,
} from '@callwright/channel-contract';
import { beep, networkTone, readWav } from '@callwright/media';
import type { SpeechService } from '@callwright/speech';
import { CallEnvironments } from '../environments/call-environments.js';
import { MediaService } from '../media/media.service.js';
import { MediaStore } from '../media/media-store.js';
import { SPEECH } from '../platform/tokens.js';
import { Recordings } from './recordings.js';

const SAMPLES_PER_MS = 8;
/** Another instance may have given a name to another file. */
const NAME_TTL_MS = 2000;
const REMEMBERED_NAMES = 10_000;
const CACHED_SAMPLES = 32 * 1024 * 1024;

/** The audio of prompts: speech, media of the workspace, recordings of the call, tones, silence. */
@Injectable()
export class Prompts implements PromptLibrary {
  readonly #tones = new Map<ToneName, Promise<PromptAudio>>();
  readonly #media = new Map<string, Promise<PromptAudio>>();
  /** Ids of media by `workspace/name`. */
  readonly #ids = new Map<string, { readonly id: Promise<string>; readonly until: number }>();
  #cachedSamples = 0;

  constructor(
    private readonly media: MediaService,
    private readonly store: MediaStore,
    private readonly recordings: Recordings,
    private readonly environments: CallEnvironments,
    @Inject(SPEECH) private readonly speech: SpeechService,
  ) {
    media.changed.subscribe(({ id }) => {
      this.#media.delete(id);
      this.#ids.clear();
    });
  }

  audio(part: PromptPart, context: PromptContext): Promise<PromptAudio> {
    if ('say' in part) return this.speech.speak(part.say, { voice: context.voice, language: context.language });
    if ('play' in part) return this.#named(part.play, context);
    if ('tone' in part) return this.#tone(part.tone);
    return Promise.resolve({ key: `silence:${part.silence}`, pcm: new Int16Array(part.silence * SAMPLES_PER_MS) });
  }

  #tone(name: ToneName): Promise<PromptAudio> {
    let tone = this.#tones.get(name);
    if (!tone) {
      tone = Promise.resolve({ key: `tone:${name}`, ...(name === 'beep' ? beep() : networkTone(name)) });
      this.#tones.set(name, tone);
    }
    return tone;
  }

  /** A recording of this call comes before a media file of the same name: it is nearer. */
  async #named(name: string, { workspaceId, callId }: PromptContext): Promise<PromptAudio> {
    const recording = await this.recordings.findOfRunning(callId, name);
    if (recording) return { key: `recording:${callId}:${name}`, pcm: readWav(await readFile(recording)) };
    return this.#ofMedia(await this.#idOf(workspaceId, this.environments.meaning(callId, 'media', name)));
  }

  /** A prompt that a thousand callers hear is looked up once in a while, not a thousand times. */
  #idOf(workspaceId: string, name: string): Promise<string> {
    const key = `${workspaceId}/${name}`;
    const now = Date.now();
    const known = this.#ids.get(key);
    if (known && known.until > now) return known.id;
    const id = this.#lookUp(workspaceId, name);
    if (this.#ids.size >= REMEMBERED_NAMES) this.#ids.clear();
    this.#ids.set(key, { id, until: now + NAME_TTL_MS });
    id.catch(() => this.#ids.delete(key));
    return id;
  }

  async #lookUp(workspaceId: string, name: string): Promise<string> {
    try {
      return (await this.media.named(workspaceId, name)).id;
    } catch (error) {
      if ((error as { code?: string }).code === 'media.not-found') throw channelError('media.not-found', { name });
      throw error;
    }
  }

  #ofMedia(id: string): Promise<PromptAudio> {
    const known = this.#media.get(id);
    if (known) return known;
    const loading = this.store.read(id).then((bytes) => {
      const audio = { key: `media:${id}`, pcm: readWav(bytes) };
      this.#cachedSamples += audio.pcm.length;
      if (this.#cachedSamples > CACHED_SAMPLES) {
        this.#media.clear();
        this.#cachedSamples = 0;
      }
      return audio;
    });
    loading.catch(() => this.#media.delete(id));
    this.#media.set(id, loading);
    return loading;
  }
}
