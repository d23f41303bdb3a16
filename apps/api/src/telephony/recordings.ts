import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, StreamableFile } from '@nestjs/common';
import { channelError, type RecordingStore } from '@callwright/channel-contract';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/tokens.js';

/** More than run at once by far. */
const REMEMBERED_CALLS = 50_000;

/** The files of recordings. Calls and names come from outside, so neither becomes a path: their hashes do. */
@Injectable()
export class Recordings implements RecordingStore {
  readonly #folder: string;
  /** Calls of this process that have recordings, the latest ones: nobody else's file has to be looked for. */
  readonly #calls = new Set<string>();

  constructor(@Inject(CONFIG) config: Pick<Config, 'DATA_DIR'>) {
    this.#folder = join(config.DATA_DIR, 'recordings');
  }

  async begin({ callId, name }: { workspaceId: string; callId: string; name: string }): Promise<{ path: string }> {
    const path = this.#path(callId, name);
    await mkdir(this.#folderOf(callId), { recursive: true });
    try {
      // The file is made at once, so that of two who begin the same name one is refused.
      await (await open(path, 'wx')).close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw channelError('call.recording-exists', { name });
      throw error;
    }
    this.#calls.add(callId);
    if (this.#calls.size > REMEMBERED_CALLS) this.#calls.delete(this.#calls.values().next().value!);
    return { path };
  }

  /** The event log knows the recording; nothing is left to do. */
  commit(): Promise<void> {
    return Promise.resolve();
  }

  /** Where a recording of a running call lies, or null: without a look at the disk for a call that has none. */
  async findOfRunning(callId: string, name: string): Promise<string | null> {
    return this.#calls.has(callId) ? this.find(callId, name) : null;
  }

  /** Where a recording lies, or null. */
  async find(callId: string, name: string): Promise<string | null> {
    const path = this.#path(callId, name);
    return access(path).then(
      () => path,
      () => null,
    );
  }

  stream(path: string): StreamableFile {
    return new StreamableFile(createReadStream(path));
  }

  #path(callId: string, name: string): string {
    return join(this.#folderOf(callId), `${hashed(name)}.wav`);
  }

  #folderOf(callId: string): string {
    return join(this.#folder, /^[\w-]{1,80}$/.test(callId) ? callId : hashed(callId));
  }
}

const hashed = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
