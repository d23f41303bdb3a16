import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { PhoneAccount } from '@callwright/channel-contract';
import { type Clock, Topic } from '@callwright/kernel';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { digestSecret } from '../platform/crypto/hashes.js';
import { Bus } from '../platform/bus/bus.js';
import { SecretBox } from '../platform/crypto/secret-box.js';
import { Database } from '../platform/database/database.js';
import type { PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { newId } from '../platform/ids.js';
import { iso } from '../platform/time/system-clock.js';
import { CLOCK } from '../platform/tokens.js';
import { Phone } from './phone.entity.js';
import type { newPhone, phonePatch } from './phones.schemas.js';
import { Uses } from '../uses/uses.service.js';

/** The realm in which phones prove who they are. */
export const REALM = 'callwright';

interface Binding {
  readonly contact: string;
  readonly expiresAt: number;
}

@Injectable()
export class PhonesService implements OnModuleInit {
  /** A phone was made, changed or removed: the telephony reads them anew. */
  readonly changed = new Topic<void>();
  readonly #phones: Shelf<Phone>;
  readonly #bindings = new Map<string, readonly Binding[]>();
  #accounts = new Map<string, PhoneAccount>();

  constructor(
    private readonly database: Database,
    audit: Audit,
    private readonly box: SecretBox,
    private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly uses: Uses,
  ) {
    bus.onChange('phones', () => this.#read());
    this.#phones = new Shelf(database, audit, { entity: Phone, noun: 'phone', taken: 'phone.taken' });
  }

  onModuleInit(): Promise<void> {
    return this.#reload();
  }

  /** From memory. */
  account(username: string): PhoneAccount | null {
    return this.#accounts.get(username) ?? null;
  }

  registered(username: string, bindings: readonly Binding[]): void {
    if (bindings.length === 0) this.#bindings.delete(username);
    else this.#bindings.set(username, bindings);
  }

  async list(who: Principal, query: PageQuery) {
    const { items, next } = await this.#phones.list(who, query);
    return { items: items.map((phone) => this.#shown(phone)), next };
  }

  async get(who: Principal, id: string) {
    return this.#shown(await this.#phones.get(who, id));
  }

  async add(who: Principal, { username, password, displayName }: z.output<typeof newPhone>) {
    const id = newId();
    const phone = await this.#phones.add(who, {
      id,
      username,
      displayName,
      sealedHa1: this.#seal(id, username, password),
    });
    await this.#announce();
    return this.#shown(phone);
  }

  async change(who: Principal, id: string, { password, displayName }: z.output<typeof phonePatch>) {
    const { username } = await this.#phones.get(who, id);
    const sealedHa1 = password === undefined ? undefined : this.#seal(id, username, password);
    const phone = await this.#phones.change(who, id, { displayName, sealedHa1 });
    await this.#announce();
    return this.#shown(phone);
  }

  async remove(who: Principal, id: string, force: boolean): Promise<void> {
    if (!force) await this.uses.refuseIfUsed(who.workspaceId, 'phone', (await this.#phones.get(who, id)).username);
    const { username } = await this.#phones.remove(who, id);
    this.#bindings.delete(username);
    await this.#announce();
  }

  #shown(phone: Phone) {
    const now = this.clock.now();
    const bindings = (this.#bindings.get(phone.username) ?? []).filter(({ expiresAt }) => expiresAt > now);
    return {
      ...phone,
      realm: REALM,
      registered: bindings.map(({ contact, expiresAt }) => ({ contact, expiresAt: iso(expiresAt) })),
    };
  }

  #seal(id: string, username: string, password: string): string {
    const ha1 = {
      md5: digestSecret('md5', username, REALM, password),
      sha256: digestSecret('sha256', username, REALM, password),
    };
    return this.box.seal(JSON.stringify(ha1), `phone ${id}`);
  }

  async #announce(): Promise<void> {
    await this.#read();
    this.bus.tell('phones');
  }

  async #read(): Promise<void> {
    await this.#reload();
    this.changed.publish();
  }

  async #reload(): Promise<void> {
    const rows = await this.database.rows(Phone).find();
    this.#accounts = new Map(
      rows.map(({ id, username, workspaceId, sealedHa1 }) => {
        const ha1 = JSON.parse(this.box.open(sealedHa1, `phone ${id}`)) as PhoneAccount['ha1'];
        return [username, { username, workspaceId, ha1 }];
      }),
    );
  }
}
