import type { JsonObject } from '@callwright/kernel';
import { FAILED } from '@callwright/scenario';
import { defineNode, type NodeDefinition, type NodeResult, type NodeRun } from '@callwright/nodes';

export interface Answer {
  readonly outcome: string;
  readonly output: JsonObject;
}

/** A node that waits for the world: what can be said to it. */
export interface Question {
  readonly node: string;
  readonly type: string;
  /** Every outcome that it can be given, `failed` last. */
  readonly outcomes: readonly string[];
  /** Evaluated; secrets are not masked. */
  readonly config: JsonObject;
}

interface Waiting {
  readonly question: Question;
  readonly finish: (answer: Answer) => void;
}

/** What nodes that ask the world are told in a rehearsal: given ahead, or while the node waits. */
export class Answers {
  readonly #given = new Map<string, Answer[]>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #before: (run: NodeRun<unknown>) => Promise<void> | null;

  /** `before` may hold a node up that has been entered and has not yet begun to work. */
  constructor(before: (run: NodeRun<unknown>) => Promise<void> | null = () => null) {
    this.#before = before;
  }

  /** The node that waits now, if one does. */
  get question(): Question | null {
    return [...this.#waiting.values()].at(-1)?.question ?? null;
  }

  give(node: string, answer: Answer): void {
    const waiting = this.#waiting.get(node);
    if (waiting) waiting.finish(answer);
    else this.#given.set(node, [...(this.#given.get(node) ?? []), answer]);
  }

  /** Takes what was given ahead for this node. */
  take(node: string): Answer | undefined {
    return this.#given.get(node)?.shift();
  }

  /** Waits for it; null when the signal aborts or the time is over. */
  wait(
    question: Question,
    { signal, services: { clock } }: NodeRun<unknown>,
    timeoutMs: number,
  ): Promise<Answer | null> {
    const { node } = question;
    return new Promise((resolve) => {
      const finish = (answer: Answer | null) => {
        cancelTimer();
        signal.removeEventListener('abort', onAbort);
        this.#waiting.delete(node);
        resolve(answer);
      };
      const onAbort = () => finish(null);
      const cancelTimer = Number.isFinite(timeoutMs) ? clock.at(clock.now() + timeoutMs, () => finish(null)) : () => {};
      this.#waiting.set(node, { question, finish });
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /**
   * The same node type, but one that is told what the world gives: any node takes an answer that was given ahead; one that would
   * ask a callee or a web service waits for its answer, and for as long as it would wait itself.
   */
  rehearsed(definition: NodeDefinition): NodeDefinition {
    return defineNode({
      ...definition,
      run: async (run) => {
        const held = this.#before(run);
        if (held) await held;
        const ahead = this.take(run.node);
        if (ahead) return ahead;
        if (definition.waitsFor !== 'far-end') return definition.run(run);
        const config = run.config as JsonObject;
        const outcomes = [...definition.outcomes(run.config), FAILED];
        const question: Question = { node: run.node, type: definition.type, outcomes, config };
        const { timeoutMs } = config;
        const answer = await this.wait(question, run, typeof timeoutMs === 'number' ? timeoutMs : Infinity);
        return answer ?? silence(definition, run);
      },
    });
  }
}

/** Nobody said what the world gives, and the node's own time is over (or it was interrupted). */
function silence(definition: NodeDefinition, { config, signal }: NodeRun<Record<string, unknown>>): NodeResult {
  if (signal.aborted) return { outcome: null };
  const outcomes = definition.outcomes(config);
  return { outcome: ['no-answer', 'timeout'].find((name) => outcomes.includes(name)) ?? 'failed' };
}
