import { rm } from 'node:fs/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Topic } from '@callwright/kernel';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { apiError, invalid } from '../errors.js';
import type { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import type { PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { Gate } from '../platform/gate.js';
import { newId } from '../platform/ids.js';
import { CONFIG } from '../platform/tokens.js';
import { convertAudio } from './audio-converter.js';
import { Media } from './media.entity.js';
import { mediaName, type mediaPatch } from './media.schemas.js';
import { MediaStore } from './media-store.js';
import type { Upload } from './upload.js';
import { Uses } from '../uses/uses.service.js';

@Injectable()
export class MediaService implements OnModuleInit {
  /** A file was changed or removed: what was read of it is stale. */
  readonly changed = new Topic<Media>();
  readonly #media: Shelf<Media>;
  /** Conversions share the machine with calls: one at a time. */
  readonly #converting = new Gate(1);

  constructor(
    private readonly database: Database,
    audit: Audit,
    private readonly store: MediaStore,
    @Inject(CONFIG) private readonly config: Config,
    private readonly uses: Uses,
  ) {
    this.#media = new Shelf(database, audit, { entity: Media, noun: 'media', taken: 'media.taken' });
  }

  onModuleInit(): Promise<void> {
    return this.store.prepare();
  }

  list(who: Principal, query: PageQuery) {
    return this.#media.list(who, query);
  }

  get(who: Principal, id: string) {
    return this.#media.get(who, id);
  }

  /** By name, as prompts give it, else by id. */
  async named(workspaceId: string, name: string): Promise<Media> {
    const row = (await this.#media.find(workspaceId, { name })) ?? (await this.#media.find(workspaceId, { id: name }));
    if (!row) throw apiError('media.not-found', { name });
    return row;
  }

  async add(who: Principal, upload: Upload): Promise<Media> {
    const given = mediaName.safeParse(upload.fields['name'] ?? upload.fileName);
    if (!given.success) throw invalid(given.error.issues.map(({ message }) => ({ path: 'name', message })));
    if (await this.#media.find(who.workspaceId, { name: given.data })) throw apiError('media.taken');
    const id = newId();
    const converted = `${upload.path}.wav`;
    try {
      const { durationMs, bytes } = await this.#converting.run(() => convertAudio(upload.path, converted));
      await this.#requireRoom(who.workspaceId, bytes);
      await this.store.keep(id, converted);
      return await this.#media.add(who, { id, name: given.data, contentType: 'audio/wav', durationMs, bytes });
    } catch (error) {
      await this.store.remove(id);
      throw error;
    } finally {
      await rm(converted, { force: true });
    }
  }

  async change(who: Principal, id: string, patch: z.output<typeof mediaPatch>): Promise<Media> {
    const before = await this.#media.get(who, id);
    const after = await this.#media.change(who, id, patch);
    this.changed.publish(before);
    return after;
  }

  async remove(who: Principal, id: string, force: boolean): Promise<void> {
    if (!force) await this.uses.refuseIfUsed(who.workspaceId, 'media', (await this.#media.get(who, id)).name);
    const row = await this.#media.remove(who, id);
    await this.store.remove(id);
    this.changed.publish(row);
  }

  async #requireRoom(workspaceId: string, bytes: number): Promise<void> {
    const used = (await this.database.rows(Media).sum('bytes', { workspaceId })) ?? 0;
    const quota = this.config.MEDIA_QUOTA_MB * 1024 * 1024;
    if (used + bytes > quota) throw apiError('media.quota', { quota, used });
  }
}
