import type { Json, JsonObject } from '@callwright/kernel';
import {
  ENDED,
  errorPathOf,
  FAILED,
  hangUpPathOf,
  initialOf,
  nodesOf,
  variablesOf,
  type ScenarioDocument,
  type ScenarioNode,
} from '@callwright/scenario';
import { assign, fromPromise, setup } from 'xstate';

/** The runtime's own state: a `transfer` that somebody asked for from outside. */
export const TRANSFERRING = 'Transferring';

/** How a node was left: what enters the machine. */
export interface NodeDone {
  readonly outcome: string | null;
  readonly output: Json;
  readonly assign: JsonObject;
  /** Set by `return`. */
  readonly returns: { readonly outcome: string; readonly outputs: JsonObject } | null;
}

/** What was interrupted, and what it handed over. */
export interface Left {
  readonly node: string;
  readonly output: Json;
}

/** The call data of one run. All of it is JSON, so that a log rebuilds it; `host` is where the world comes in. */
export interface FlowContext {
  readonly vars: JsonObject;
  readonly steps: JsonObject;
  readonly params: JsonObject;
  /** A fault took the error path, and the caller has answered nothing since: another fault ends the run. */
  readonly onErrorPath: boolean;
  /** Set when the run has ended. */
  readonly reason: 'end' | 'unwired' | null;
  readonly returned: { readonly outcome: string; readonly outputs: JsonObject } | null;
  readonly host: FlowHost;
}

/** What the machine asks of who runs it. */
export interface FlowHost {
  /** Runs a node. Never rejects; stays unresolved when the node is interrupted. */
  enter(node: string, data: FlowData): Promise<NodeDone>;
  /** The machine has taken the outcome. */
  left(node: string, done: NodeDone): void;
}
export interface FlowData {
  readonly vars: JsonObject;
  readonly steps: JsonObject;
  readonly params: JsonObject;
}

/** Where the world enters the machine from outside of its nodes. */
export type FlowEvent =
  | { readonly type: 'call.ended'; readonly left: Left | null }
  /** The host ends the run, as at shutdown. */
  | { readonly type: 'run.stopped'; readonly left: Left | null }
  | { readonly type: `go-to.${string}`; readonly left: Left | null }
  | { readonly type: `xstate.done.actor.${string}`; readonly output: NodeDone };

export interface FlowInput {
  readonly params: JsonObject;
  readonly host: FlowHost;
}

interface Entry extends FlowData {
  readonly node: string;
  readonly host: FlowHost;
}

const parts = setup({
  types: { context: {} as FlowContext, events: {} as FlowEvent, input: {} as FlowInput },
  actors: { node: fromPromise<NodeDone, Entry>(({ input: { node, host, ...data } }) => host.enter(node, data)) },
  guards: {
    outcome: ({ event }, { is }: { is: string }) => 'output' in event && event.output.outcome === is,
    returned: ({ event }) => 'output' in event && event.output.returns !== null,
    firstFault: ({ context, event }) => 'output' in event && event.output.outcome === FAILED && !context.onErrorPath,
  },
  actions: {
    /** Keeps a node's output and the call data that it changed. */
    remember: assign(({ context, event }, { node }: { node: string }) => {
      if (!('output' in event)) return {};
      const { output, assign: changes, returns } = event.output;
      return { steps: { ...context.steps, [node]: output }, vars: { ...context.vars, ...changes }, returned: returns };
    }),
    rememberInterrupted: assign(({ context, event }) =>
      'left' in event && event.left ? { steps: { ...context.steps, [event.left.node]: event.left.output } } : {},
    ),
    takeErrorPath: assign({ onErrorPath: true }),
    leaveErrorPath: assign({ onErrorPath: false }),
    /** Keys that the caller pressed when asked begin something new. */
    hearCaller: assign(({ event }) =>
      'output' in event && hasDigits(event.output.output) ? { onErrorPath: false } : {},
    ),
    end: assign((_, { reason }: { reason: 'end' | 'unwired' }) => ({ reason })),
    tell: ({ context, event }, { node }: { node: string }) => {
      if ('output' in event) context.host.left(node, event.output);
    },
  },
});

/**
 * The compiled copy: the same drawing with every gap closed. Stock XState would wait for ever on an outcome without a wire.
 * `asksForKeys` tells the nodes whose digits are the caller's answer to a question.
 */
export function buildMachine(document: ScenarioDocument, asksForKeys: (node: string) => boolean) {
  const nodes = [...nodesOf(document).values()];
  const errorPath = errorPathOf(document);
  const hangUpPath = hangUpPathOf(document);
  const states = nodes.map((node) => [node.id, stateOf(node, errorPath, asksForKeys(node.id))] as const);
  return parts.createMachine({
    id: document.id,
    initial: initialOf(document) as string,
    context: ({ input }) => ({
      vars: variablesOf(document),
      steps: {},
      params: input.params,
      onErrorPath: false,
      reason: null,
      returned: null,
      host: input.host,
    }),
    on: Object.fromEntries([
      [
        'call.ended',
        {
          target: `.${hangUpPath ?? ENDED}`,
          reenter: true,
          actions: ['rememberInterrupted', 'leaveErrorPath', end('end')],
        },
      ],
      ['run.stopped', { target: `.${ENDED}`, actions: ['rememberInterrupted', end('end')] }],
      ...[...nodes.map((node) => node.id), TRANSFERRING].map((id) => [
        `go-to.${id}`,
        { target: `.${id}`, reenter: true, actions: ['rememberInterrupted', 'leaveErrorPath'] },
      ]),
    ]) as Record<string, never>,
    states: Object.fromEntries([
      ...states,
      [TRANSFERRING, stateOf(transferring, errorPath, false)],
      [ENDED, { type: 'final' }],
    ]) as Record<string, never>,
  });
}

const transferring: ScenarioNode = {
  id: TRANSFERRING,
  type: 'transfer',
  label: null,
  canvas: null,
  input: {},
  wires: [{ outcome: 'returned', target: ENDED }],
};

const end = (reason: 'end' | 'unwired') => ({ type: 'end', params: { reason } });

function stateOf({ id, wires }: ScenarioNode, errorPath: string | null, asksForKeys: boolean) {
  const keep = [
    { type: 'remember', params: { node: id } },
    ...(asksForKeys ? [{ type: 'hearCaller' }] : []),
    { type: 'tell', params: { node: id } },
  ];
  const to = (target: string) => ({ target, reenter: true, actions: target === ENDED ? [...keep, end('end')] : keep });
  // A fault on the error path ends the run: an apology that fails, or a retry that does, would go on for ever.
  const onFault =
    errorPath !== null && errorPath !== id
      ? [{ guard: 'firstFault', target: errorPath, reenter: true, actions: [...keep, 'takeErrorPath'] }]
      : [];
  return {
    invoke: {
      id,
      src: 'node',
      input: ({ context: { host, vars, steps, params } }: { context: FlowContext }): Entry => ({
        node: id,
        host,
        vars,
        steps,
        params,
      }),
      onDone: [
        { guard: 'returned', ...to(ENDED) },
        ...wires.map(({ outcome, target }) => ({ guard: is(outcome), ...to(target) })),
        ...onFault,
        { target: ENDED, actions: [...keep, end('unwired')] },
      ],
    },
  };
}

const hasDigits = (output: Json): boolean =>
  typeof output === 'object' && output !== null && 'digits' in output && output.digits !== '';

const is = (outcome: string) => ({ type: 'outcome', params: { is: outcome } });

export type FlowMachine = ReturnType<typeof buildMachine>;
