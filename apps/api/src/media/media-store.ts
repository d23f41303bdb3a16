import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, StreamableFile } from '@nestjs/common';
import type { Config } from '../platform/config/config.js';
import { InstanceId } from '../platform/instance-id.js';
import { CONFIG } from '../platform/tokens.js';

/** The files of media, by id: no name that a user chose becomes a path. */
@Injectable()
export class MediaStore {
  readonly #folder: string;
  readonly uploads: string;

  constructor(@Inject(CONFIG) config: Pick<Config, 'DATA_DIR'>, instance: InstanceId) {
    this.#folder = join(config.DATA_DIR, 'media');
    this.uploads = join(config.DATA_DIR, 'uploads', instance.id);
  }

  /** Uploads that a crash left behind go; the folders are there afterwards. */
  async prepare(): Promise<void> {
    await rm(this.uploads, { recursive: true, force: true });
    await mkdir(this.uploads, { recursive: true });
    await mkdir(this.#folder, { recursive: true });
  }

  async keep(id: string, file: string): Promise<void> {
    await rename(file, this.#path(id));
  }

  async remove(id: string): Promise<void> {
    await rm(this.#path(id), { force: true });
  }

  read(id: string): Promise<Buffer> {
    return readFile(this.#path(id));
  }

  stream(id: string): StreamableFile {
    return new StreamableFile(createReadStream(this.#path(id)));
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.wav`);
  }
}
