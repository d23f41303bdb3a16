import type { Json, JsonObject } from '@callwright/kernel';
import type { Scope } from '@callwright/expression';
import { nodeType } from '@callwright/nodes';
import { nodesOf, variablesOf, type ScenarioDocument } from '@callwright/scenario';
import { z } from 'zod';
import type { Call, LoggedEvent } from '../../api/types.js';

/** What expressions are tried on in the editor. */
export interface Sample {
  readonly scope: Scope;
  /** The call that it comes from; null: made up. */
  readonly call: { readonly id: string; readonly from: string; readonly startedAt: string } | null;
}

const CALL: JsonObject = {
  id: 'call-1',
  from: '+4930123456',
  to: '+4930654321',
  direction: 'inbound',
  state: 'answered',
  cause: null,
  headers: { 'User-Agent': ['Telephone'] },
  startedAt: '2026-03-02T10:00:00.000Z',
  answeredAt: '2026-03-02T10:00:04.000Z',
};

/** A call that could have been: variables as they begin, outputs as the node types give them for example. */
export function madeUpSample(document: ScenarioDocument, now: string): Sample {
  const steps = Object.fromEntries([...nodesOf(document).values()].map(({ id, type }) => [id, exampleOutput(type)]));
  return { scope: { call: CALL, vars: variablesOf(document), steps, params: {}, now }, call: null };
}

/** What a call left behind: its data, and what each node of the scenario (not of its subflows) gave last. */
export function sampleOfCall(document: ScenarioDocument, call: Call, events: readonly LoggedEvent[]): Sample {
  const steps: Record<string, Json> = {};
  for (const event of events) {
    const { name, node, output } = event;
    if (name === 'node.left' && typeof node === 'string' && !node.includes('/') && output != null) steps[node] = output;
  }
  const started = events.find(({ name }) => name === 'call.started');
  const { id, from, to, direction, state, cause, startedAt, answeredAt } = call;
  return {
    scope: {
      call: { id, from, to, direction, state, cause, headers: {}, startedAt, answeredAt },
      vars: { ...variablesOf(document), ...call.variables },
      steps,
      params: objectOr(started?.['parameters']),
      now: call.endedAt ?? startedAt,
    },
    call: { id, from, startedAt },
  };
}

const objectOr = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

export interface OutputField {
  readonly name: string;
  readonly description: string;
  readonly example: Json;
}

const outputs = new Map<string, readonly OutputField[]>();

/** What expressions can read of a node of this type, after it has run. */
export function outputsOf(type: string): readonly OutputField[] {
  const known = outputs.get(type);
  if (known) return known;
  const definition = nodeType(type);
  const schema = definition?.output && (z.toJSONSchema(definition.output) as { properties?: Record<string, Property> });
  const own = Object.entries(schema?.properties ?? {}).map(([name, { description = '', examples }]) => ({
    name,
    description,
    example: examples?.[0] ?? null,
  }));
  outputs.set(type, own);
  return own;
}

interface Property {
  readonly description?: string;
  readonly examples?: readonly Json[];
}

const exampleOutput = (type: string): JsonObject =>
  Object.fromEntries(outputsOf(type).map(({ name, example }) => [name, example]));
