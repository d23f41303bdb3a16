import { catalogue } from '@callwright/nodes';
import type { JsonObject } from '@callwright/kernel';
import { compileScenario, replay, type CallEvent, type CompiledScenario } from '@callwright/runtime';
import { variablesOf, type ScenarioDocument } from '@callwright/scenario';
import type { LoggedEvent } from '../api/types.js';

/** What the scenario knew at a moment of its call. */
export interface Knowledge {
  readonly vars: JsonObject;
  readonly steps: JsonObject;
}

const compiled = new WeakMap<ScenarioDocument, CompiledScenario>();

/**
 * The call data after these events, rebuilt by replay: the same machine takes the same outcomes. Secrets stay masked.
 * Throws `run.replay-diverged` when the log is of another version than the document.
 */
export function knowledgeAfter(document: ScenarioDocument, events: readonly LoggedEvent[]): Knowledge {
  let scenario = compiled.get(document);
  if (!scenario) compiled.set(document, (scenario = compileScenario(document, catalogue)));
  // What the API hands out is what the runtime told.
  const { variables, steps } = replay(scenario, events as unknown as readonly CallEvent[]);
  // Before the first node the machine has not begun.
  return { vars: { ...variablesOf(document), ...variables }, steps };
}

/** Where a scrubber stops: what a person calls a step of the call. */
const STEPS = new Set([
  'call.started',
  'call.answered',
  'node.entered',
  'node.left',
  'digit.received',
  'call.ended',
  'run.ended',
]);

export const isStep = ({ name }: LoggedEvent): boolean => STEPS.has(name);

/** The last event that had happened by then, as an index; the first one when nothing had. */
export function indexAt(events: readonly LoggedEvent[], at: number): number {
  const index = events.findLastIndex((event) => Date.parse(event.at) <= at);
  return Math.max(0, index);
}

/** The next step of the call from here, forwards (1) or backwards (−1); where there is none, the end in that direction. */
export function stepFrom(events: readonly LoggedEvent[], index: number, direction: 1 | -1): number {
  for (let at = index + direction; at >= 0 && at < events.length; at += direction) {
    const event = events[at];
    if (event && isStep(event)) return at;
  }
  return direction === 1 ? events.length - 1 : 0;
}
