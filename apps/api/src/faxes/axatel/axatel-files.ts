import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { StreamableFile } from '@nestjs/common';
import { apiError, invalid } from '../../errors.js';
import type { Config } from '../../platform/config/config.js';
import { newId } from '../../platform/ids.js';
import { CONFIG } from '../../platform/tokens.js';

const LONGEST_NAME = 200;
/** Left free on the disk, whatever is uploaded. */
const RESERVE_BYTES = 256 * 1024 * 1024;

/** Files of a workspace by name, whatever they are. A name becomes a file name percent-encoded, so it never leads elsewhere. */
@Injectable()
export class AxatelFiles {
  readonly #folder: string;

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'DATA_DIR' | 'MEDIA_QUOTA_MB'>) {
    this.#folder = join(config.DATA_DIR, 'tokens');
  }

  async names(workspaceId: string): Promise<string[]> {
    const found = await readdir(this.#of(workspaceId)).catch(() => []);
    return found
      .filter((name) => !name.endsWith('.part'))
      .map(decodeURIComponent)
      .sort();
  }

  /** A file of that name is replaced. */
  async keep(workspaceId: string, name: string, file: string): Promise<void> {
    const path = this.#path(workspaceId, name);
    const { size } = await stat(file);
    await mkdir(this.#of(workspaceId), { recursive: true });
    await this.#requireRoom(workspaceId, size);
    const part = `${join(this.#of(workspaceId), newId())}.part`;
    await copyFile(file, part);
    await rename(part, path);
  }

  /** Null: there is none. */
  async find(workspaceId: string, name: string): Promise<string | null> {
    const path = this.#path(workspaceId, name);
    return stat(path).then(
      () => path,
      () => null,
    );
  }

  stream(path: string): StreamableFile {
    return new StreamableFile(createReadStream(path), { type: 'application/octet-stream' });
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  async #requireRoom(workspaceId: string, bytes: number): Promise<void> {
    const sizes = await Promise.all(
      (await this.names(workspaceId)).map(async (name) => (await stat(this.#path(workspaceId, name))).size),
    );
    const used = sizes.reduce((sum, size) => sum + size, 0);
    const quota = this.config.MEDIA_QUOTA_MB * 1024 * 1024;
    const { bavail, bsize } = await statfs(this.#of(workspaceId));
    if (used + bytes > quota || bavail * bsize - bytes < RESERVE_BYTES) throw apiError('media.quota', { quota, used });
  }

  #of(workspaceId: string): string {
    return join(this.#folder, encodeURIComponent(workspaceId));
  }

  #path(workspaceId: string, name: string): string {
    const safe = encodeURIComponent(name).replace(/^\.+/, (dots) => '%2E'.repeat(dots.length));
    if (name === '' || safe.length > LONGEST_NAME || safe.endsWith('.part'))
      throw invalid([{ path: 'file', message: 'is no name of a file' }]);
    return join(this.#of(workspaceId), safe);
  }
}
