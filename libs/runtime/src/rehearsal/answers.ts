import type { JsonObject } from '@callwright/kernel';
import { defineNode, type NodeDefinition, type NodeResult, type NodeRun } from '@callwright/nodes';

export interface Answer {
  readonly outcome: string;
  readonly output: JsonObject;
}

/** What nodes that ask the world are told in a rehearsal: given ahead, or while the node waits. */
export class Answers {
  readonly #given = new Map<string, Answer[]>();
  readonly #waiting = new Map<string, (answer: Answer) => void>();

  give(node: string, answer: Answer): void {
    const waiting = this.#waiting.get(node);
    if (waiting) waiting(answer);
    else this.#given.set(node, [...(this.#given.get(node) ?? []), answer]);
  }

  /** Takes what was given ahead for this node. */
  take(node: string): Answer | undefined {
    return this.#given.get(node)?.shift();
  }

  /** Waits for it; null when the signal aborts or the time is over. */
  wait({ node, signal, services: { clock } }: NodeRun<unknown>, timeoutMs: number): Promise<Answer | null> {
    return new Promise((resolve) => {
      const finish = (answer: Answer | null) => {
        cancelTimer();
        signal.removeEventListener('abort', onAbort);
        this.#waiting.delete(node);
        resolve(answer);
      };
      const onAbort = () => finish(null);
      const cancelTimer = Number.isFinite(timeoutMs) ? clock.at(clock.now() + timeoutMs, () => finish(null)) : () => {};
      this.#waiting.set(node, finish);
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
        const ahead = this.take(run.node);
        if (ahead) return ahead;
        if (definition.waitsFor !== 'far-end') return definition.run(run);
        const { timeoutMs } = run.config as { timeoutMs?: unknown };
        const answer = await this.wait(run, typeof timeoutMs === 'number' ? timeoutMs : Infinity);
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
