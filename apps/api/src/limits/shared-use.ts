import type { Logger } from 'pino';
import type { EntityManager } from 'typeorm';
import type { Database } from '../platform/database/database.js';
import type { CountedFor, LegChange, OthersUse, OutboundLeg, Talked, Use } from './outbound-counters.js';

/** Longer than this a leg does not wait for the count that the instances share. */
const PATIENCE_MS = 3_000;
/** An instance that has not shown itself for so long is gone, and its legs with it. */
const GONE_MS = 30_000;
/** The database's clock, the one that all instances share, in ms since the epoch. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)';

const NOTHING: Use = { recent: 0, concurrent: 0, seconds: 0 };

/** What the other instances have going on in a workspace, by `trunk 12`. */
type Uses = ReadonlyMap<string, Use>;

/**
 * What several instances on one PostgreSQL have let out (reliability E2). A leg takes its place while its workspace is locked: what
 * the others have is read, this process checks and counts, and the leg is written down for the others, in one transaction. A database that
 * is away does not stop calls: then each instance counts its own legs, and what it last knew of the others'.
 */
export class SharedUse {
  readonly #known = new Map<string, Uses>();

  constructor(
    private readonly database: Database,
    private readonly instanceId: string,
    private readonly logger: Logger,
  ) {}

  /** Takes a place with the others' use before its eyes: `work` checks and counts, and is called once. */
  async take<Taken extends object>(
    workspaceId: string,
    day: string,
    leg: OutboundLeg,
    work: (others: OthersUse) => Taken,
  ): Promise<Taken> {
    let taken: Taken | undefined;
    const decide = (uses: Uses) => (taken ??= work(useIn(uses)));
    const shared = this.database.change(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
        `callwright outbound ${workspaceId}`,
      ]);
      const uses = await this.#read(manager, workspaceId, day);
      const decided = decide(uses);
      if ('id' in decided) await this.#write(manager, workspaceId, leg, String(decided.id));
    });
    await Promise.race([shared.catch((error: unknown) => this.#away(error)), pause(PATIENCE_MS)]);
    return taken ?? decide(this.#known.get(workspaceId) ?? new Map());
  }

  /** The others' use as it was last known. */
  of(workspaceId: string): OthersUse {
    return useIn(this.#known.get(workspaceId) ?? new Map());
  }

  async refresh(workspaceIds: Iterable<string>, day: string): Promise<void> {
    for (const workspaceId of workspaceIds) await this.#read(this.database.source.manager, workspaceId, day);
  }

  /** After a start: what a process of this name had going on is over. */
  async begin(): Promise<void> {
    await this.database.change((manager) =>
      manager.query('DELETE FROM outbound_legs WHERE "instanceId" = $1', [this.instanceId]),
    );
  }

  /** Tells the others what has become of legs. */
  async tell(changes: readonly LegChange[]): Promise<void> {
    if (changes.length === 0) return;
    const ids = (what: LegChange['what']) => changes.filter((one) => one.what === what).map(({ id }) => id);
    await this.database.change(async (manager) => {
      await manager.query(`UPDATE outbound_legs SET "answeredAt" = ${NOW} WHERE id = ANY($1)`, [ids('answered')]);
      await manager.query(`UPDATE outbound_legs SET "endedAt" = ${NOW} WHERE id = ANY($1)`, [ids('ended')]);
    });
  }

  /** Tells the others that this process is alive, and which legs it has: no other is left over. */
  async alive(living: readonly string[]): Promise<void> {
    await this.database.change(async (manager) => {
      await manager.query(`UPDATE outbound_legs SET "seenAt" = ${NOW} WHERE "instanceId" = $1`, [this.instanceId]);
      await manager.query(
        `DELETE FROM outbound_legs WHERE "instanceId" = $1 AND "beganAt" < ${NOW} - ${GONE_MS} AND NOT (id = ANY($2))`,
        [this.instanceId, living],
      );
      // A leg counts for the second in which it began, even when it is over.
      await manager.query(
        `DELETE FROM outbound_legs WHERE ("endedAt" IS NOT NULL AND "beganAt" < ${NOW} - 1000) OR "seenAt" < ${NOW} - ${10 * GONE_MS}`,
      );
    });
  }

  async #read(manager: EntityManager, workspaceId: string, day: string): Promise<Uses> {
    const legs = (await manager.query(
      `SELECT "scenarioId" AS scenario, "trunkId" AS trunk,
          count(*) FILTER (WHERE "beganAt" > ${NOW} - 1000)::int AS recent,
          count(*) FILTER (WHERE "endedAt" IS NULL)::int AS concurrent,
          coalesce(sum(${NOW} - "answeredAt") FILTER (WHERE "answeredAt" IS NOT NULL AND "endedAt" IS NULL), 0)::float / 1000 AS seconds
        FROM outbound_legs
        WHERE "workspaceId" = $1 AND "instanceId" <> $2 AND "seenAt" > ${NOW} - ${GONE_MS} GROUP BY 1, 2`,
      [workspaceId, this.instanceId],
    )) as (Use & { scenario: string | null; trunk: string | null })[];
    const talked = (await manager.query(
      `SELECT what, id, sum(seconds)::float AS seconds FROM outbound_usage
        WHERE "workspaceId" = $1 AND day = $2 AND "instanceId" <> $3 GROUP BY 1, 2`,
      [workspaceId, day, this.instanceId],
    )) as Pick<Talked, 'what' | 'id' | 'seconds'>[];
    const uses = new Map<string, Use>();
    const add = (what: CountedFor, id: string | null, use: Use) => {
      if (id === null) return;
      const { recent, concurrent, seconds } = uses.get(`${what} ${id}`) ?? NOTHING;
      uses.set(`${what} ${id}`, {
        recent: recent + use.recent,
        concurrent: concurrent + use.concurrent,
        seconds: seconds + use.seconds,
      });
    };
    for (const { scenario, trunk, ...use } of legs) {
      add('workspace', workspaceId, use);
      add('scenario', scenario, use);
      add('trunk', trunk, use);
    }
    for (const { what, id, seconds } of talked) add(what, id, { ...NOTHING, seconds });
    this.#known.set(workspaceId, uses);
    return uses;
  }

  async #write(manager: EntityManager, workspaceId: string, leg: OutboundLeg, id: string): Promise<void> {
    await manager.query(
      `INSERT INTO outbound_legs (id, "workspaceId", "scenarioId", "trunkId", "instanceId", "beganAt", "seenAt")
        VALUES ($1, $2, $3, $4, $5, ${NOW}, ${NOW}) ON CONFLICT (id) DO NOTHING`,
      [id, workspaceId, leg.scenario, leg.trunk, this.instanceId],
    );
  }

  #away(error: unknown): void {
    this.logger.warn({ err: error }, 'what other instances let out is not known: each counts for itself');
  }
}

const useIn = (uses: Uses) => (what: CountedFor, id: string) => uses.get(`${what} ${id}`) ?? NOTHING;

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());
