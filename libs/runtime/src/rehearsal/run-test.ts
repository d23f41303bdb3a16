import { messageOf, type Json } from '@callwright/kernel';
import type { ScenarioDocument } from '@callwright/scenario';
import { wiresTaken } from './coverage.js';
import { Rehearsal, type RehearsalOptions } from './rehearsal.js';
import type { ScenarioTest, Step } from './script.js';

export interface TestReport {
  readonly name: string;
  readonly passed: boolean;
  /** What was expected and what was found, and in which step (from 1). */
  readonly failure: { readonly step: number; readonly message: string } | null;
  /** The wires of the drawing that it took (`node:outcome`). */
  readonly taken: ReadonlySet<string>;
}

export type TestOptions = Pick<RehearsalOptions, 'find' | 'settled' | 'schedules'> & {
  /** When a call comes in whose test says nothing of it, in ms since the epoch. */
  readonly now: number;
};

/** Plays one test against a fake caller, in virtual time. */
export async function runScenarioTest(
  document: ScenarioDocument,
  test: ScenarioTest,
  options: TestOptions,
): Promise<TestReport> {
  const begins = test.steps.findIndex((step) => !('answer' in step));
  const ahead = test.steps
    .slice(0, begins < 0 ? undefined : begins)
    .flatMap((step) => ('answer' in step ? [step.answer] : []));
  const rehearsal = new Rehearsal({
    ...options,
    document,
    ahead,
    now: test.now === undefined ? options.now : Date.parse(test.now),
    from: test.from,
    to: test.to,
    parameters: test.params ?? {},
  });
  const play = new Play(rehearsal);
  const taken = () => wiresTaken(document, rehearsal.events);
  try {
    for (const [index, step] of test.steps.entries()) {
      if (index < ahead.length) continue;
      const message = await play.step(step).catch((error: unknown) => messageOf(error));
      if (message !== null)
        return { name: test.name, passed: false, failure: { step: index + 1, message }, taken: taken() };
    }
    return { name: test.name, passed: true, failure: null, taken: taken() };
  } finally {
    await rehearsal.close();
  }
}

class Play {
  readonly #rehearsal: Rehearsal;
  /** How much of what was heard, and of the events, earlier steps have used up. */
  #heard = 0;
  #since = 0;

  constructor(rehearsal: Rehearsal) {
    this.#rehearsal = rehearsal;
  }

  /** Null, or what is wrong. */
  async step(step: Step): Promise<string | null> {
    if ('hear' in step) return this.#hear(step.hear);
    if ('expect' in step) return this.#expect(step.expect);
    this.#since = this.#rehearsal.events.length;
    if ('press' in step) await this.#rehearsal.press(step.press);
    else if ('wait' in step) await this.#rehearsal.pass(step.wait);
    else if ('hangUp' in step) await this.#rehearsal.hangUp();
    else await this.#rehearsal.answer(step.answer.node, step.answer.outcome, step.answer.output);
    return null;
  }

  async #hear(words: string): Promise<string | null> {
    const wanted = words.toLowerCase();
    const found = () => this.#rehearsal.heard.toLowerCase().indexOf(wanted, this.#heard);
    if (!(await this.#rehearsal.until(() => found() >= 0))) {
      const rest = this.#rehearsal.heard.slice(this.#heard).trim();
      return `expected to hear “${words}”; heard ${rest === '' ? 'nothing' : `“${rest}”`}${this.#place()}`;
    }
    this.#heard = found() + wanted.length;
    return null;
  }

  async #expect({ node, outcome, vars, ended }: Extract<Step, { expect: unknown }>['expect']): Promise<string | null> {
    if (node !== undefined && outcome === undefined && !(await this.#rehearsal.until(() => this.#reached(node)))) {
      return `expected to reach ${node}${this.#place()}`;
    }
    if (outcome !== undefined) {
      await this.#rehearsal.until(() => this.#lastOutcome(node) === outcome);
      const last = this.#lastOutcome(node);
      if (last !== outcome) {
        return `expected the outcome ${outcome}${node === undefined ? '' : ` of ${node}`}; it was ${last ?? 'none yet'}`;
      }
    }
    if (vars !== undefined) {
      const wrong = () => Object.entries(vars).find(([name, value]) => !same(this.#rehearsal.values[name], value));
      await this.#rehearsal.until(() => wrong() === undefined);
      const [name, value] = wrong() ?? [];
      if (name !== undefined) {
        return `expected vars.${name} to be ${JSON.stringify(value)}; it is ${JSON.stringify(this.#rehearsal.values[name] ?? null)}`;
      }
    }
    return ended === undefined ? null : this.#expectEnd(ended);
  }

  async #expectEnd(ended: boolean | string): Promise<string | null> {
    const end = () => this.#rehearsal.events.find((event) => event.name === 'call.ended');
    if (ended === false) return end() ? `expected the call to go on; it ended (${end()?.cause})` : null;
    await this.#rehearsal.until(() => end() !== undefined);
    const cause = end()?.cause;
    if (cause === undefined) return `expected the call to end${this.#place()}`;
    return ended === true || ended === cause ? null : `expected the call to end with ${ended}; it ended with ${cause}`;
  }

  /** It is there, or came through since the caller last did something. */
  #reached(node: string): boolean {
    const { events, node: current } = this.#rehearsal;
    return (
      current === node ||
      events.slice(this.#since).some((event) => event.name === 'node.entered' && event.node === node)
    );
  }

  #lastOutcome(node: string | undefined): string | null | undefined {
    const left = this.#rehearsal.events.filter((event) => event.name === 'node.left');
    return left.findLast((event) => node === undefined || event.node === node)?.outcome;
  }

  #place(): string {
    const { node, ended } = this.#rehearsal;
    return ended ? '; the call has ended' : `; the call is at ${node ?? 'no node'}`;
  }
}

const same = (a: Json | undefined, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};
