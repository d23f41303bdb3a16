import type { Clock } from '@callwright/kernel';
import type { LimitValues } from './limits.schemas.js';

export type ExceededLimit = 'callsPerSecond' | 'concurrentCalls' | 'minutesPerDay';

/** One leg that was let out: to a trunk, or to a SIP host. */
interface Outbound {
  readonly workspaceId: string;
  readonly trunkId: string | null;
  answeredAt: number | null;
}

interface CallLegs {
  /** Let out, and not yet a leg. Null: it costs nothing (a phone). Undefined: nothing is expected. */
  expected: Outbound | null | undefined;
  readonly legs: Map<string, Outbound>;
}

/**
 * Counts what goes out of each workspace. Checking and counting is one step without a pause in it, so that two calls never share
 * the last place. (Several instances will need the same step in one place that they share.)
 */
export class OutboundCounters {
  readonly #calls = new Map<string, CallLegs>();
  readonly #began = new Map<string, number[]>();
  readonly #seconds = new Map<string, number>();
  readonly #unsaved = new Set<string>();
  #day: string;

  constructor(private readonly clock: Clock) {
    this.#day = this.#today();
  }

  /** The day that is counted, in UTC. */
  get day(): string {
    this.#turnDay();
    return this.#day;
  }

  talkedBefore(workspaceId: string, seconds: number): void {
    this.#seconds.set(workspaceId, seconds);
  }

  onTrunk(trunkId: string): number {
    return this.#running().filter((one) => one.trunkId === trunkId).length;
  }

  concurrent(workspaceId: string): number {
    return this.#running().filter((one) => one.workspaceId === workspaceId).length;
  }

  /** Seconds of today, with those of the calls that go on. */
  secondsToday(workspaceId: string): number {
    this.#turnDay();
    const going = this.#running()
      .filter((one) => one.workspaceId === workspaceId && one.answeredAt !== null)
      .reduce((sum, one) => sum + (this.clock.now() - (one.answeredAt ?? 0)) / 1000, 0);
    return (this.#seconds.get(workspaceId) ?? 0) + going;
  }

  /** A leg that costs nothing comes next in this call. */
  expect(callId: string, leg: null): void {
    this.#of(callId).expected = leg;
  }

  /** Lets one leg out and counts it, or says which limit is reached. */
  take(workspaceId: string, callId: string, trunkId: string | null, limits: LimitValues): ExceededLimit | null {
    const now = this.clock.now();
    const recent = (this.#began.get(workspaceId) ?? []).filter((at) => at > now - 1000);
    this.#began.set(workspaceId, recent);
    if (recent.length >= limits.callsPerSecond) return 'callsPerSecond';
    if (this.concurrent(workspaceId) >= limits.concurrentCalls) return 'concurrentCalls';
    if (this.secondsToday(workspaceId) >= limits.minutesPerDay * 60) return 'minutesPerDay';
    recent.push(now);
    // What was let out before and never became a leg is over: a call dials one after the other.
    this.#of(callId).expected = { workspaceId, trunkId, answeredAt: null };
    return null;
  }

  legAdded(callId: string, leg: string): void {
    const call = this.#calls.get(callId);
    if (call?.expected) call.legs.set(leg, call.expected);
    if (call) call.expected = undefined;
  }

  legAnswered(callId: string, leg: string): void {
    const outbound = this.#calls.get(callId)?.legs.get(leg);
    if (outbound) outbound.answeredAt ??= this.clock.now();
  }

  legEnded(callId: string, leg: string): void {
    const call = this.#calls.get(callId);
    const outbound = call?.legs.get(leg);
    if (!call || !outbound) return;
    call.legs.delete(leg);
    if (outbound.answeredAt === null) return;
    this.#turnDay();
    const seconds = Math.ceil((this.clock.now() - outbound.answeredAt) / 1000);
    this.#seconds.set(outbound.workspaceId, (this.#seconds.get(outbound.workspaceId) ?? 0) + seconds);
    this.#unsaved.add(outbound.workspaceId);
  }

  callEnded(callId: string): void {
    for (const leg of this.#calls.get(callId)?.legs.keys() ?? []) this.legEnded(callId, leg);
    this.#calls.delete(callId);
  }

  /** Legs that talk, by call: for cutting those whose minutes are used up. */
  talking(): { readonly callId: string; readonly leg: string; readonly workspaceId: string }[] {
    return [...this.#calls].flatMap(([callId, { legs }]) =>
      [...legs]
        .filter(([, one]) => one.answeredAt !== null)
        .map(([leg, { workspaceId }]) => ({ callId, leg, workspaceId })),
    );
  }

  unsaved(): { readonly workspaceId: string; readonly seconds: number }[] {
    const rows = [...this.#unsaved].map((workspaceId) => ({
      workspaceId,
      seconds: this.#seconds.get(workspaceId) ?? 0,
    }));
    this.#unsaved.clear();
    return rows;
  }

  #running(): Outbound[] {
    return [...this.#calls.values()].flatMap(({ expected, legs }) => [
      ...legs.values(),
      ...(expected ? [expected] : []),
    ]);
  }

  #of(callId: string): CallLegs {
    let call = this.#calls.get(callId);
    if (!call) this.#calls.set(callId, (call = { expected: undefined, legs: new Map() }));
    return call;
  }

  #turnDay(): void {
    const today = this.#today();
    if (today === this.#day) return;
    this.#day = today;
    this.#seconds.clear();
    this.#unsaved.clear();
  }

  #today(): string {
    return new Date(this.clock.now()).toISOString().slice(0, 10);
  }
}
