import type { Json, JsonObject } from '@callwright/kernel';
import { z } from 'zod';

export const FORMAT = 1;
export const NODE_ID = /^[a-z][a-z0-9_]{0,63}$/;
export const SCENARIO_ID = /^[a-z][a-z0-9-]{0,63}$/;
/** The runtime's own ending; added to the compiled copy when the document has none. */
export const ENDED = 'Ended';
/** Events of the machine's root that a scenario can give a path to. */
export const HANG_UP_EVENT = 'call.ended';
export const ERROR_EVENT = 'run.failed';

/**
 * A stored scenario: plain XState v5 machine JSON. A draft may hold anything below this outline, which is why its parts are read
 * through `./reading` and judged by `validateScenario`. Never changed in place.
 */
export interface ScenarioDocument {
  readonly id: string;
  readonly meta?: Json;
  readonly initial?: Json;
  readonly on?: Json;
  readonly states: Readonly<Record<string, JsonObject>>;
  readonly [more: string]: Json | undefined;
}

const place = z.looseObject({ x: z.number(), y: z.number() });

/** Colours of notes and groups, by name: the page chooses the shade that fits its theme. */
export const ANNOTATION_COLORS = ['yellow', 'green', 'blue', 'violet', 'red', 'gray'] as const;
export const ANNOTATION_ID = /^[a-z][a-z0-9_]{0,63}$/;
const color = z.enum(ANNOTATION_COLORS);
const annotations = <Schema extends z.ZodType>(schema: Schema) =>
  z.record(z.string().regex(ANNOTATION_ID), schema).optional();

export const noteSchema = z
  .strictObject({
    x: z.number(),
    y: z.number(),
    width: z.number().min(40).max(4_000),
    height: z.number().min(40).max(4_000),
    text: z.string().max(10_000),
    color,
  })
  .meta({ description: 'A note on the canvas; Markdown.' });
export type Note = z.output<typeof noteSchema>;

export const groupSchema = z
  .strictObject({ title: z.string().max(200), color, nodes: z.array(z.string()).max(5_000) })
  .meta({ description: 'Nodes that belong together; the canvas draws a frame around them.' });
export type Group = z.output<typeof groupSchema>;

const wire = z
  .strictObject({
    guard: z.strictObject({ type: z.literal('outcome'), params: z.strictObject({ is: z.string().min(1) }) }),
    target: z.string().min(1),
    description: z.string().optional(),
    reenter: z.literal(true).optional().meta({ description: 'A node that leads back to itself begins anew.' }),
  })
  .meta({ description: 'An outcome and the node that it leads to.' });

const jsonObject = z.record(z.string(), z.json());

const nodeWith = (input: z.ZodType<Record<string, unknown>>) =>
  z
    .strictObject({
      meta: z
        .looseObject({ canvas: place.optional(), label: z.string().max(200).optional() })
        .optional()
        .meta({ description: 'Free, but for where the node is drawn and what it is called.' }),
      description: z.string().optional(),
      tags: z.array(z.string()).optional(),
      invoke: z
        .strictObject({
          id: z.string().optional(),
          src: z.string().meta({ description: 'The node type.' }),
          input: input.optional().meta({ description: 'The configuration of the node.' }),
          onDone: z.array(wire).optional(),
        })
        .meta({ description: 'What the node does.' }),
    })
    .meta({ description: 'A node.' });
const node = nodeWith(jsonObject);

const ending = z
  .strictObject({
    type: z.literal('final'),
    meta: z.looseObject({ canvas: place.optional() }).optional(),
    description: z.string().optional(),
  })
  .meta({
    description: 'An ending.',
  });

const path = z.string().regex(/^\./).meta({ description: 'A dot and the id of a node.' });

/** The document when nothing is wrong with its form. */
export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional(),
    id: z.string().regex(SCENARIO_ID),
    description: z.string().optional(),
    version: z.string().optional(),
    meta: z
      .looseObject({
        format: z.literal(FORMAT).optional(),
        name: z.string().min(1).max(200).optional(),
        variables: jsonObject.optional().meta({ description: 'Call data and what it begins with.' }),
        notes: annotations(noteSchema).meta({ description: 'Notes on the canvas, by their ids.' }),
        groups: annotations(groupSchema).meta({ description: 'Frames on the canvas, by their ids.' }),
      })
      .optional(),
    initial: z.string(),
    on: z.strictObject({ [HANG_UP_EVENT]: path.optional(), [ERROR_EVENT]: path.optional() }).optional(),
    states: z.record(z.string(), z.union([ending, node])),
  })
  .meta({ title: 'Callwright scenario', description: 'A phone-call scenario: XState v5 machine JSON.' });

/**
 * The form of one state, for validation. That a configuration is JSON is known since the document was read (`refusalOf`), and what it
 * holds is the node type's to judge: looking through it here as well would cost more than all the rest.
 */
export const stateSchema = { node: nodeWith(z.record(z.string(), z.unknown())), ending };

/** JSON Schema (draft 2020-12) of the document. */
export const scenarioJsonSchema = (): JsonObject =>
  z.toJSONSchema(scenarioSchema, { io: 'input' }) as unknown as JsonObject;
