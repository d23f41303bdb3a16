import { z } from 'zod';
import { catalogueOf, type NodeType } from '../catalogue.js';

const prompt = z.array(
  z.union([
    z.strictObject({ say: z.string() }),
    z.strictObject({ play: z.string().min(1) }),
    z.strictObject({ silence: z.int().min(0) }),
  ]),
);

const type = <Schema extends z.ZodObject>(
  name: string,
  needs: NodeType['needs'],
  config: Schema,
  outcomes: (config: z.output<Schema>) => readonly string[],
  more: Partial<NodeType> = {},
): NodeType => ({ type: name, needs, config, outcomes, ...more });

/** Node types as small as the tests of documents need them. */
export const catalogue = catalogueOf<NodeType>([
  type('answer', 'alive', z.strictObject({ headers: z.record(z.string(), z.string()).default({}) }), () => [
    'answered',
  ]),
  type('ring', 'alive', z.strictObject({ earlyMedia: z.boolean().default(false) }), () => ['done']),
  type('say', 'audio', z.strictObject({ prompt, loop: z.int().min(0).default(1) }), () => ['done', 'interrupted'], {
    givenAs: { interrupted: 'done' },
  }),
  type(
    'menu',
    'audio',
    z.strictObject({
      prompt,
      keys: z.record(z.string(), z.string().min(1)),
      attempts: z.int().min(1).default(3),
      timeoutMs: z.int().default(5000),
    }),
    ({ keys }) => [...new Set(Object.values(keys)), 'no-input', 'no-match'],
  ),
  type(
    'branch',
    'none',
    z.strictObject({
      cases: z.array(
        z.strictObject({ when: z.string().meta({ control: 'expression', template: false }), outcome: z.string() }),
      ),
    }),
    ({ cases }) => [...new Set(cases.map((one) => one.outcome)), 'otherwise'],
    { instant: true },
  ),
  type('set-variables', 'none', z.strictObject({ assign: z.record(z.string(), z.json()) }), () => ['done'], {
    instant: true,
    assigns: (config: { assign: object }) => Object.keys(config.assign),
  }),
  type('wait', 'none', z.strictObject({ durationMs: z.int().min(0) }), () => ['done']),
  type('log', 'none', z.strictObject({ message: z.string() }), () => ['done'], { instant: true }),
  type(
    'subflow',
    'none',
    z.strictObject({ scenario: z.string(), inputs: z.record(z.string(), z.json()).default({}) }),
    () => ['done'],
    { dynamicOutcomes: 'subflow' },
  ),
  type(
    'return',
    'none',
    z.strictObject({ outcome: z.string().default('done'), outputs: z.record(z.string(), z.json()).default({}) }),
    () => [],
  ),
  type('hang-up', 'none', z.strictObject({ cause: z.enum(['normal', 'busy']).default('normal') }), () => []),
]);
