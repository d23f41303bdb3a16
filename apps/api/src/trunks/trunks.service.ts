import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { RegistrationChange, TrunkAccount } from '@callwright/channel-contract';
import { Topic } from '@callwright/kernel';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { Bus } from '../platform/bus/bus.js';
import { SecretBox } from '../platform/crypto/secret-box.js';
import { Database } from '../platform/database/database.js';
import type { PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { newId } from '../platform/ids.js';
import { Trunk } from './trunk.entity.js';
import type { newTrunk, trunkPatch } from './trunks.schemas.js';
import { Uses } from '../uses/uses.service.js';

type TrunkState = Omit<Extract<RegistrationChange, { kind: 'trunk' }>, 'kind' | 'id'>;

/** What routing asks of a trunk, beside its account. */
export interface TrunkRoute {
  readonly account: TrunkAccount;
  readonly prefixes: readonly string[];
  readonly maxCalls: number | null;
}

@Injectable()
export class TrunksService implements OnModuleInit {
  /** A trunk was made, changed or removed: the telephony reads them anew. */
  readonly changed = new Topic<void>();
  readonly #trunks: Shelf<Trunk>;
  readonly #states = new Map<string, TrunkState>();
  #routes: readonly TrunkRoute[] = [];

  constructor(
    private readonly database: Database,
    audit: Audit,
    private readonly box: SecretBox,
    private readonly bus: Bus,
    private readonly uses: Uses,
  ) {
    bus.onChange('trunks', () => this.#read());
    this.#trunks = new Shelf(database, audit, { entity: Trunk, noun: 'trunk', taken: 'trunk.taken' });
  }

  onModuleInit(): Promise<void> {
    return this.#reload();
  }

  /** From memory, in the order in which they were made. */
  routes(workspaceId: string): readonly TrunkRoute[] {
    return this.#routes.filter(({ account }) => account.workspaceId === workspaceId);
  }

  get accounts(): readonly TrunkAccount[] {
    return this.#routes.map(({ account }) => account);
  }

  stateChanged({ id, ...state }: Extract<RegistrationChange, { kind: 'trunk' }>): void {
    this.#states.set(id, state);
  }

  async list(who: Principal, query: PageQuery) {
    const { items, next } = await this.#trunks.list(who, query);
    return { items: items.map((trunk) => this.#shown(trunk)), next };
  }

  async get(who: Principal, id: string) {
    return this.#shown(await this.#trunks.get(who, id));
  }

  async add(who: Principal, { password, ...columns }: z.output<typeof newTrunk>) {
    const id = newId();
    const trunk = await this.#trunks.add(who, { id, ...columns, sealedPassword: this.#seal(id, password) });
    await this.#announce();
    return this.#shown(trunk);
  }

  async change(who: Principal, id: string, { password, ...columns }: z.output<typeof trunkPatch>) {
    const sealedPassword = password === undefined ? undefined : this.#seal(id, password);
    const trunk = await this.#trunks.change(who, id, { ...columns, sealedPassword });
    await this.#announce();
    return this.#shown(trunk);
  }

  async remove(who: Principal, id: string, force: boolean): Promise<void> {
    if (!force) await this.uses.refuseIfUsed(who.workspaceId, 'trunk', (await this.#trunks.get(who, id)).name);
    await this.#trunks.remove(who, id);
    this.#states.delete(id);
    await this.#announce();
  }

  #shown(trunk: Trunk) {
    const initial = trunk.register ? 'unregistered' : 'static';
    return { ...trunk, ...(this.#states.get(trunk.id) ?? { state: initial }) };
  }

  #seal(id: string, password: string | null): string | null {
    return password === null ? null : this.box.seal(password, `trunk ${id}`);
  }

  async #announce(): Promise<void> {
    await this.#read();
    this.bus.tell('trunks');
  }

  async #read(): Promise<void> {
    await this.#reload();
    this.changed.publish();
  }

  async #reload(): Promise<void> {
    const rows = await this.database.rows(Trunk).find({ order: { createdAt: 'ASC', id: 'ASC' } });
    this.#routes = rows.map(({ sealedPassword, prefixes, maxCalls, ...row }) => ({
      prefixes,
      maxCalls,
      account: {
        id: row.id,
        workspaceId: row.workspaceId,
        name: row.name,
        host: row.host,
        port: row.port,
        transport: row.transport,
        username: row.username,
        password: sealedPassword === null ? null : this.box.open(sealedPassword, `trunk ${row.id}`),
        register: row.register,
        sources: row.sources,
      },
    }));
  }
}
