import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { channelError, type FaxStore } from '@callwright/channel-contract';
import { withFreeName } from '@callwright/nodes';
import { Audit } from '../../audit/audit.js';
import { apiError } from '../../errors.js';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { Shelf } from '../../platform/database/shelf.js';
import { newId } from '../../platform/ids.js';
import { CONFIG } from '../../platform/tokens.js';
import { FaxDocument, type FaxDocumentOrigin } from './fax-document.entity.js';

export interface NewFaxDocument {
  readonly workspaceId: string;
  readonly name: string;
  readonly origin: FaxDocumentOrigin;
  readonly callId: string | null;
  readonly pages: number;
  /** A finished TIFF, which is taken from where it lies. */
  readonly path: string;
}

const TAKEN = 'fax.document-taken';

/** The fax documents of all workspaces: the rows, and the files under their ids. No name that somebody chose becomes a path. */
@Injectable()
export class FaxDocuments implements FaxStore, OnModuleInit {
  readonly #shelf: Shelf<FaxDocument>;
  readonly #folder: string;
  /** Documents that are coming in, by workspace and name: where they lie until they are complete. */
  readonly #coming = new Map<string, string>();

  constructor(
    private readonly database: Database,
    audit: Audit,
    @Inject(CONFIG) private readonly config: Pick<Config, 'DATA_DIR' | 'MEDIA_QUOTA_MB'>,
  ) {
    this.#shelf = new Shelf(database, audit, { entity: FaxDocument, noun: 'fax-document', taken: TAKEN });
    this.#folder = join(config.DATA_DIR, 'faxes');
  }

  async onModuleInit(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
  }

  async open({ workspaceId, document }: Parameters<FaxStore['open']>[0]): Promise<{ path: string; pages: number }> {
    const row = await this.named(workspaceId, document);
    if (!row) throw channelError('fax.document-not-found', { name: document });
    return { path: this.pathOf(row.id), pages: row.pages };
  }

  async begin({
    workspaceId,
    document,
  }: Parameters<FaxStore['begin']>[0]): Promise<{ document: string; path: string }> {
    return withFreeName(document, TAKEN, async (free) => {
      const key = `${workspaceId}/${free}`;
      if (this.#coming.has(key)) throw apiError(TAKEN, { name: free });
      const path = join(this.#folder, `${newId()}.coming.tif`);
      this.#coming.set(key, path);
      if (!(await this.named(workspaceId, free))) return { document: free, path };
      this.#coming.delete(key);
      throw apiError(TAKEN, { name: free });
    });
  }

  async commit({ workspaceId, callId, document, pages }: Parameters<FaxStore['commit']>[0]): Promise<void> {
    const key = `${workspaceId}/${document}`;
    const path = this.#coming.get(key);
    if (path === undefined) return;
    try {
      if (pages > 0) await this.keep({ workspaceId, name: document, origin: 'received', callId, pages, path });
    } finally {
      this.#coming.delete(key);
      await rm(path, { force: true });
    }
  }

  /** By name, as nodes give it, else by id; null when there is none. */
  async named(workspaceId: string, name: string): Promise<FaxDocument | null> {
    return (await this.#shelf.find(workspaceId, { name })) ?? (await this.#shelf.find(workspaceId, { id: name }));
  }

  /** Takes a finished TIFF; a name that is taken, also meanwhile, gets a number added. */
  async keep({ path, workspaceId, name, ...facts }: NewFaxDocument): Promise<FaxDocument> {
    const id = newId();
    const { size: bytes } = await stat(path);
    await this.#requireRoom(workspaceId, bytes);
    await rename(path, this.pathOf(id));
    const who = { workspaceId, label: facts.callId === null ? 'fax' : `call ${facts.callId}` };
    try {
      return await withFreeName(name, TAKEN, (free) => this.#shelf.add(who, { id, name: free, bytes, ...facts }));
    } catch (error) {
      await rm(this.pathOf(id), { force: true });
      throw error;
    }
  }

  pathOf(id: string): string {
    return join(this.#folder, `${id}.tif`);
  }

  async #requireRoom(workspaceId: string, bytes: number): Promise<void> {
    const used = (await this.database.rows(FaxDocument).sum('bytes', { workspaceId })) ?? 0;
    const quota = this.config.MEDIA_QUOTA_MB * 1024 * 1024;
    if (used + bytes > quota) throw apiError('media.quota', { quota, used });
  }
}
