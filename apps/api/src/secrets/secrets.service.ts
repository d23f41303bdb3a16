import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { SecretBox } from '../platform/crypto/secret-box.js';
import { Database } from '../platform/database/database.js';
import type { PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { newId } from '../platform/ids.js';
import { Secret } from './secret.entity.js';
import type { newSecret, secretPatch } from './secrets.schemas.js';
import { Uses } from '../uses/uses.service.js';

@Injectable()
export class SecretsService {
  readonly #secrets: Shelf<Secret>;

  constructor(
    database: Database,
    audit: Audit,
    private readonly box: SecretBox,
    private readonly uses: Uses,
  ) {
    this.#secrets = new Shelf(database, audit, { entity: Secret, noun: 'secret', taken: 'secret.taken' });
  }

  /** For a running call. Rejects with `secret.not-found`. */
  async value(workspaceId: string, name: string): Promise<string> {
    const row = await this.#secrets.find(workspaceId, { name });
    if (!row) throw apiError('secret.not-found', { name });
    return this.box.open(row.sealedValue, `secret ${row.id}`);
  }

  list(who: Principal, query: PageQuery) {
    return this.#secrets.list(who, query);
  }

  get(who: Principal, id: string) {
    return this.#secrets.get(who, id);
  }

  add(who: Principal, { name, value }: z.output<typeof newSecret>) {
    const id = newId();
    return this.#secrets.add(who, { id, name, sealedValue: this.box.seal(value, `secret ${id}`) });
  }

  change(who: Principal, id: string, { name, value }: z.output<typeof secretPatch>) {
    return this.#secrets.change(who, id, {
      name,
      sealedValue: value === undefined ? undefined : this.box.seal(value, `secret ${id}`),
    });
  }

  async remove(who: Principal, id: string, force: boolean): Promise<void> {
    if (!force) await this.uses.refuseIfUsed(who.workspaceId, 'secret', (await this.#secrets.get(who, id)).name);
    await this.#secrets.remove(who, id);
  }
}
