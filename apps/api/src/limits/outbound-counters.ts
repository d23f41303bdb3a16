import type { Clock } from '@callwright/kernel';

/** The three figures that limit whatever is counted. */
export interface Figures {
  readonly callsPerSecond: number;
  readonly concurrentCalls: number;
  readonly minutesPerDay: number;
}
export type ExceededLimit = keyof Figures;

/** A leg is counted for its workspace, for the scenario of its call and for the trunk that carries it. */
export const COUNTED_FOR = ['workspace', 'scenario', 'trunk'] as const;
export type CountedFor = (typeof COUNTED_FOR)[number];

/** One leg to be let out: to a trunk, or to a SIP host. */
export type OutboundLeg = Readonly<Record<CountedFor, string | null>>;

/** What limits a leg, for each that it is counted for; a figure that is missing limits nothing. */
export type Bounds = Readonly<Record<CountedFor, SomeFigures>>;
export type SomeFigures = { readonly [Figure in ExceededLimit]?: number | undefined };

/** What somebody else has going on, for one of those that legs are counted for. */
export interface Use {
  /** Legs that began within the last second. */
  readonly recent: number;
  readonly concurrent: number;
  /** Talking time of today, in s, with that of the legs that go on. */
  readonly seconds: number;
}
export type OthersUse = (what: CountedFor, id: string) => Use;

const NOBODY_ELSE: OthersUse = () => ({ recent: 0, concurrent: 0, seconds: 0 });

interface RunningLeg extends OutboundLeg {
  readonly id: string;
  answeredAt: number | null;
}

interface CallLegs {
  scenario: string | null;
  /** Let out, and not yet a leg. Null: nothing that costs anything. */
  expected: RunningLeg | null;
  readonly legs: Map<string, RunningLeg>;
}

/** What the other instances must hear of a leg. */
export interface LegChange {
  readonly id: string;
  readonly what: 'answered' | 'ended';
}

/** Seconds talked today, for one that legs are counted for. */
export interface Talked {
  readonly workspaceId: string;
  readonly what: CountedFor;
  readonly id: string;
  readonly seconds: number;
}

/**
 * Counts what this process lets out. Checking and counting is one step without a pause in it, so that two calls never share the last
 * place; what other instances have going on comes in as an argument (`shared-use.ts`).
 */
export class OutboundCounters {
  readonly #calls = new Map<string, CallLegs>();
  readonly #began = new Map<string, number[]>();
  readonly #talked = new Map<string, Talked>();
  readonly #unsaved = new Set<string>();
  #changes: LegChange[] = [];
  #legs = 0;
  #day: string;

  constructor(private readonly clock: Clock) {
    this.#day = this.#today();
  }

  /** The day that is counted, in UTC. */
  get day(): string {
    this.#turnDay();
    return this.#day;
  }

  talkedBefore(talked: Talked): void {
    const known = this.#talked.get(keyOf(talked.what, talked.id))?.seconds ?? 0;
    this.#talked.set(keyOf(talked.what, talked.id), { ...talked, seconds: known + talked.seconds });
  }

  /** Legs of this process that go on, or are about to. */
  concurrent(what: CountedFor, id: string): number {
    return this.#running().filter((one) => one[what] === id).length;
  }

  /** Seconds of today, with those of the legs that go on. */
  secondsToday(what: CountedFor, id: string): number {
    this.#turnDay();
    const going = this.#running()
      .filter((one) => one[what] === id && one.answeredAt !== null)
      .reduce((sum, one) => sum + (this.clock.now() - (one.answeredAt ?? 0)) / 1000, 0);
    return (this.#talked.get(keyOf(what, id))?.seconds ?? 0) + going;
  }

  /** Whether these minutes of today are talked, here and elsewhere. */
  minutesUsedUp(what: CountedFor, id: string, minutes: number, others: Pick<Use, 'seconds'>): boolean {
    return minutes !== Infinity && this.secondsToday(what, id) + others.seconds >= minutes * 60;
  }

  /** The scenario that a call runs, or will run. */
  runs(callId: string, scenario: string): void {
    this.#of(callId).scenario = scenario;
  }
  scenarioOf(callId: string): string | null {
    return this.#calls.get(callId)?.scenario ?? null;
  }

  /** A leg that costs nothing comes next in this call. */
  expectNothing(callId: string): void {
    this.#of(callId).expected = null;
  }

  /** Lets one leg out and counts it, or says which limit is reached. */
  take(
    callId: string,
    leg: OutboundLeg,
    bounds: Bounds,
    others: OthersUse = NOBODY_ELSE,
  ): { readonly id: string } | { readonly limit: ExceededLimit; readonly of: CountedFor } {
    const counted = COUNTED_FOR.flatMap((what) => (leg[what] === null ? [] : [{ what, id: leg[what] }]));
    for (const { what, id } of counted) {
      const limit = this.#exceeded(what, id, bounds[what], others(what, id));
      if (limit) return { limit, of: what };
    }
    for (const { what, id } of counted) this.#recent(what, id).push(this.clock.now());
    const id = `${callId}/${(this.#legs += 1)}`;
    const call = this.#of(callId);
    // What was let out before and never became a leg is over: a call dials one after the other.
    if (call.expected) this.#changes.push({ id: call.expected.id, what: 'ended' });
    call.expected = { ...leg, id, answeredAt: null };
    return { id };
  }

  legAdded(callId: string, leg: string): void {
    const call = this.#calls.get(callId);
    if (call?.expected) call.legs.set(leg, call.expected);
    if (call) call.expected = null;
  }

  legAnswered(callId: string, leg: string): void {
    const outbound = this.#calls.get(callId)?.legs.get(leg);
    if (!outbound || outbound.answeredAt !== null) return;
    outbound.answeredAt = this.clock.now();
    this.#changes.push({ id: outbound.id, what: 'answered' });
  }

  legEnded(callId: string, leg: string): void {
    const call = this.#calls.get(callId);
    const outbound = call?.legs.get(leg);
    if (!call || !outbound) return;
    call.legs.delete(leg);
    this.#changes.push({ id: outbound.id, what: 'ended' });
    if (outbound.answeredAt === null) return;
    this.#turnDay();
    const seconds = Math.ceil((this.clock.now() - outbound.answeredAt) / 1000);
    for (const what of COUNTED_FOR) {
      const id = outbound[what];
      if (id === null) continue;
      this.talkedBefore({ workspaceId: outbound.workspace ?? '', what, id, seconds });
      this.#unsaved.add(keyOf(what, id));
    }
  }

  callEnded(callId: string): void {
    const call = this.#calls.get(callId);
    if (!call) return;
    for (const leg of call.legs.keys()) this.legEnded(callId, leg);
    if (call.expected) this.#changes.push({ id: call.expected.id, what: 'ended' });
    this.#calls.delete(callId);
  }

  /** Legs that talk, by call: for cutting those whose minutes are used up. */
  talking(): { readonly callId: string; readonly leg: string; readonly outbound: OutboundLeg }[] {
    return [...this.#calls].flatMap(([callId, { legs }]) =>
      [...legs].filter(([, one]) => one.answeredAt !== null).map(([leg, outbound]) => ({ callId, leg, outbound })),
    );
  }

  /** Ids of the legs that are let out. */
  get living(): string[] {
    return this.#running().map(({ id }) => id);
  }

  /** What was talked and is not stored yet; the caller stores it. */
  unsaved(): Talked[] {
    const rows = [...this.#unsaved].flatMap((key) => this.#talked.get(key) ?? []);
    this.#unsaved.clear();
    return rows;
  }

  get hasChanges(): boolean {
    return this.#changes.length > 0;
  }

  /** What happened to legs since the last time; the caller tells the other instances. */
  changes(): LegChange[] {
    return this.#changes.splice(0);
  }

  /** They could not be told or stored: again the next time. */
  keep(changes: readonly LegChange[], talked: readonly Talked[]): void {
    this.#changes.unshift(...changes);
    for (const { what, id } of talked) this.#unsaved.add(keyOf(what, id));
  }

  #exceeded(what: CountedFor, id: string, figures: SomeFigures, others: Use): ExceededLimit | null {
    const { callsPerSecond = Infinity, concurrentCalls = Infinity, minutesPerDay = Infinity } = figures;
    if (this.#recent(what, id).length + others.recent >= callsPerSecond) return 'callsPerSecond';
    // Both look at every leg that goes on: not where nothing is limited.
    if (concurrentCalls !== Infinity && this.concurrent(what, id) + others.concurrent >= concurrentCalls)
      return 'concurrentCalls';
    return this.minutesUsedUp(what, id, minutesPerDay, others) ? 'minutesPerDay' : null;
  }

  #recent(what: CountedFor, id: string): number[] {
    const key = keyOf(what, id);
    const recent = (this.#began.get(key) ?? []).filter((at) => at > this.clock.now() - 1000);
    this.#began.set(key, recent);
    return recent;
  }

  #running(): RunningLeg[] {
    return [...this.#calls.values()].flatMap(({ expected, legs }) => [
      ...legs.values(),
      ...(expected ? [expected] : []),
    ]);
  }

  #of(callId: string): CallLegs {
    let call = this.#calls.get(callId);
    if (!call) this.#calls.set(callId, (call = { scenario: null, expected: null, legs: new Map() }));
    return call;
  }

  #turnDay(): void {
    const today = this.#today();
    if (today === this.#day) return;
    this.#day = today;
    this.#talked.clear();
    this.#unsaved.clear();
  }

  #today(): string {
    return new Date(this.clock.now()).toISOString().slice(0, 10);
  }
}

const keyOf = (what: CountedFor, id: string): string => `${what} ${id}`;
