/**
 * What the runtime costs beside bare XState: the same drawing, a circle of 20 nodes that never wait, run 20 times round, once with log,
 * configuration, channel and interruptions, once as a machine that only invokes promises. Then a call of one node, which is what a start
 * costs. Also compilation and validation.
 *
 *   node scripts/bench/runtime.mjs [--rounds 5] [--calls 100]
 *
 * Runs the built libraries (`npm start` builds them). Prints `bench NAME value unit (ratio R to PEER)`: medians, in turns A B A B.
 */
import { parseArgs } from 'node:util';
import { assign, createActor, fromPromise, setup } from 'xstate';
import { z } from 'zod';
import { FakeExchange } from '@callwright/channel-contract/fake';
import { catalogue, defineNode } from '@callwright/nodes';
import { compileScenario, startRun } from '@callwright/runtime';
import { catalogueOf, parseScenario, validateScenario } from '@callwright/scenario';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, calls: { type: 'string', default: '100' } },
});
const rounds = Number(values.rounds);
const calls = Number(values.calls);
const NODES = 20;
/** Nodes entered in one call. */
const VISITS = NODES * 20;

const clock = {
  now: () => Date.now(),
  at(at, task) {
    const timer = setTimeout(task, Math.max(0, at - Date.now()));
    return () => clearTimeout(timer);
  },
};

let visits = 0;
/** Round and round, and out at the end. */
function goOn() {
  visits = (visits + 1) % VISITS;
  return { outcome: visits === 0 ? 'over' : 'done', output: { n: 1 } };
}

const step = defineNode({
  type: 'step',
  version: 1,
  title: 'Step',
  summary: 'Goes on at once.',
  icon: 'Test',
  group: 'logic',
  needs: 'none',
  instant: true,
  config: z.strictObject({ text: z.string() }),
  outcomes: () => ['done', 'over'],
  run: () => Promise.resolve(goOn()),
});
/** Where a call of one node is over. */
const only = {
  ...step,
  type: 'only',
  outcomes: () => ['done'],
  run: () => Promise.resolve({ outcome: 'done', output: { n: 1 } }),
};
const types = catalogueOf([...catalogue, step, only]);

const wire = (target, outcome = 'done') => ({
  guard: { type: 'outcome', params: { is: outcome } },
  target,
  reenter: true,
});
const drawing = (text) =>
  parseScenario({
    id: 'bench',
    meta: { format: 1, name: 'Bench' },
    initial: 'n0',
    states: {
      ...Object.fromEntries(
        Array.from({ length: NODES }, (_, n) => [
          `n${n}`,
          {
            invoke: {
              src: 'step',
              input: { text: text(n) },
              onDone: [wire(`n${(n + 1) % NODES}`), wire('Ended', 'over')],
            },
          },
        ]),
      ),
      Ended: { type: 'final' },
    },
  });

const plain = drawing((n) => `Step ${n}`);
const evaluated = drawing(() => 'You are {{ call.from }}.');

const single = parseScenario({
  id: 'single',
  meta: { format: 1, name: 'Single' },
  initial: 'only',
  states: {
    only: { invoke: { src: 'only', input: { text: 'Once' }, onDone: [wire('Ended')] } },
    Ended: { type: 'final' },
  },
});

const bareSetup = setup({
  actors: { step: fromPromise(() => Promise.resolve(goOn())), only: fromPromise(() => only.run()) },
  guards: { outcome: ({ event }, { is }) => event.output.outcome === is },
  actions: {
    keep: assign(({ context, event }) => ({
      steps: { ...context.steps, [event.type.slice(16)]: event.output.output },
    })),
  },
});
const bareMachine = (drawn) =>
  bareSetup.createMachine({
    ...JSON.parse(JSON.stringify(drawn)),
    context: { steps: {} },
    states: Object.fromEntries(
      Object.entries(drawn.states).map(([id, state]) => [
        id,
        state.invoke
          ? { invoke: { ...state.invoke, id, onDone: state.invoke.onDone.map((one) => ({ ...one, actions: 'keep' })) } }
          : state,
      ]),
    ),
  });
const bareRound = bareMachine(plain);
const bareSingle = bareMachine(single);

async function bare(machine) {
  const actor = createActor(machine);
  const done = new Promise((resolve) => actor.subscribe({ complete: resolve }));
  actor.start();
  await done;
}

const exchange = new FakeExchange({ clock });
async function ours(scenario, last, visited) {
  let events = 0;
  const run = startRun({
    scenarioId: 's',
    version: 1,
    scenario,
    channel: exchange.call(),
    services: {
      clock,
      http: { request: () => Promise.reject(new Error('none')) },
      schedules: { schedule: () => Promise.reject(new Error('none')) },
    },
    parameters: {},
    onEvent: () => (events += 1),
  });
  const { node } = await run.ended;
  if (node !== last || events < 2 * visited) throw new Error(`The bench run ended at ${node} after ${events} events.`);
}

/** Microseconds of processor time for each call. */
async function perCall(count, call) {
  const begin = process.cpuUsage();
  for (let n = 0; n < count; n++) await call();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / count;
}
/** … for each node of a call that goes round. */
const perNode = async (call) => (await perCall(calls, call)) / VISITS;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const line = (name, value, unit, ratio, peer) =>
  console.log(
    `bench ${name} ${value.toFixed(2)} ${unit}${ratio === undefined ? '' : ` (ratio ${ratio.toFixed(2)} to ${peer})`}`,
  );

const compiled = compileScenario(plain, types);
const compiledEvaluated = compileScenario(evaluated, types);
const compiledSingle = compileScenario(single, types);
const round = (scenario) => () => ours(scenario, `n${NODES - 1}`, VISITS);
const start = () => ours(compiledSingle, 'only', 1);
await bare(bareRound);
await round(compiled)();
await round(compiledEvaluated)();
const STARTS = 10 * calls;
const figures = { bare: [], plain: [], evaluated: [], bareStart: [], start: [] };
for (let n = 0; n < rounds; n++) {
  figures.bare.push(await perNode(() => bare(bareRound)));
  figures.plain.push(await perNode(round(compiled)));
  figures.evaluated.push(await perNode(round(compiledEvaluated)));
  figures.bareStart.push(await perCall(STARTS, () => bare(bareSingle)));
  figures.start.push(await perCall(STARTS, start));
}
const beside = (name, unit, ours, theirs) =>
  line(name, median(ours), unit, median(ours) / median(theirs), 'bare-xstate');
beside('runtime-node', 'us', figures.plain, figures.bare);
beside('runtime-node-with-expression', 'us', figures.evaluated, figures.bare);
beside('runtime-call-of-one-node', 'us', figures.start, figures.bareStart);
line(
  'runtime-nodes-a-second',
  1e6 / median(figures.plain),
  '1/s',
  median(figures.bare) / median(figures.plain),
  'bare-xstate',
);

const timed = (work) => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
};
const large = (round) => ({
  id: 'large',
  initial: 'answer',
  states: {
    answer: {
      invoke: { src: 'answer', onDone: [wire('n0', 'answered')] },
    },
    ...Object.fromEntries(
      Array.from({ length: 1_000 }, (_, n) => [
        `n${n}`,
        {
          invoke: {
            src: 'say',
            input: { prompt: [{ say: n % 3 === 0 ? `Round ${round}: {{ vars.v${n % 50} }}` : 'Hello.' }] },
            onDone: [wire(`n${(n + 1) % 1_000}`)],
          },
        },
      ]),
    ),
  },
});
const validations = Array.from({ length: 7 }, (_, round) => {
  const document = parseScenario(large(round));
  return timed(() => validateScenario(document, types));
});
line('validate-1000-nodes', median(validations), 'ms');
const compilations = Array.from({ length: 7 }, (_, round) => {
  const document = parseScenario(large(round));
  return timed(() => compileScenario(document, types));
});
line('compile-1000-nodes', median(compilations), 'ms');
