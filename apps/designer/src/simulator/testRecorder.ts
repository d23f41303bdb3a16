import type { Json, JsonObject } from '@callwright/kernel';
import type { CallEvent } from '@callwright/runtime';
import type { Step } from '@callwright/runtime/rehearsal';

/** Longer texts are told by their beginning. */
const LONGEST_HEARD = 60;

/** Writes down what a person does who tries a scenario, so that it can be done again as a test. */
export class TestRecorder {
  readonly #steps: Step[] = [];
  readonly #talked = new Set<string>();
  /** How many events earlier steps have told of. */
  #seen = 0;
  #since: number;
  #waited = false;

  constructor(startedAt: number) {
    this.#since = startedAt;
  }

  /** The scenario waited for somebody, and time went on until something happened. */
  waited(): void {
    this.#waited = true;
  }

  /** A test file has no word for a voice: the node that heard it is told what it gave. */
  talked(node: string | null): void {
    if (node !== null) this.#talked.add(node);
  }

  act(step: Step, events: readonly CallEvent[], now: number): void {
    this.#steps.push(...this.#meanwhile(events, now), step);
    this.#seen = events.length;
    this.#since = now;
    this.#waited = false;
  }

  /** Everything so far, and what it came to. */
  steps(events: readonly CallEvent[], now: number): Step[] {
    const ended = events.find((event) => event.name === 'call.ended');
    const node = lastNode(events);
    const end: Step[] = ended ? [{ expect: { ended: ended.cause } }] : node === null ? [] : [{ expect: { node } }];
    const spoken = this.#meanwhile(events, now).filter((step) => !('expect' in step));
    return [...this.#told(events), ...this.#steps, ...spoken, ...end];
  }

  /** What the caller waited for and heard since the last step, and where the call stands. */
  #meanwhile(events: readonly CallEvent[], now: number): Step[] {
    const steps: Step[] = [];
    if (this.#waited) steps.push({ wait: Math.round(now - this.#since) });
    const heard = lastWords(events.slice(this.#seen));
    if (heard !== null) steps.push({ hear: heard });
    const node = lastNode(events);
    if (node !== null && !node.includes('/')) steps.push({ expect: { node } });
    return steps;
  }

  #told(events: readonly CallEvent[]): Step[] {
    return events.flatMap((event) =>
      event.name === 'node.left' && event.outcome !== null && this.#talked.has(event.node)
        ? [{ answer: { node: event.node, outcome: event.outcome, output: event.output as JsonObject } }]
        : [],
    );
  }
}

const lastNode = (events: readonly CallEvent[]): string | null =>
  events.findLast((event) => event.name === 'node.entered')?.node ?? null;

/** The beginning of the last thing that was said; recordings and tones have no words. */
function lastWords(events: readonly CallEvent[]): string | null {
  const prompt = events.findLast((event) => event.name === 'prompt.started' && event.leg === 'caller');
  if (prompt?.name !== 'prompt.started') return null;
  const texts = (prompt.parts as readonly Record<string, Json>[]).flatMap((part) =>
    typeof part['say'] === 'string' ? [part['say'].trim()] : [],
  );
  const [text] = texts.filter((one) => one !== '');
  if (text === undefined) return null;
  if (text.length <= LONGEST_HEARD) return text;
  const cut = text.lastIndexOf(' ', LONGEST_HEARD);
  return text.slice(0, cut > 20 ? cut : LONGEST_HEARD);
}
