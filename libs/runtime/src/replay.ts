import type { Json, JsonObject } from '@callwright/kernel';
import { initialTransition, transition, type SnapshotFrom } from 'xstate';
import type { CompiledScenario } from './compile/compile.js';
import type { FlowData, FlowEvent, FlowHost, FlowMachine, Left, NodeDone } from './compile/machine.js';
import { replayDiverged } from './errors.js';
import type { CallEvent } from './events.js';

/** A command that the machine gave: a node with the configuration that it was run with. */
export interface ReplayedCommand {
  readonly node: string;
  readonly type: string;
  readonly config: Json;
  /** The call data at that moment; null in a subflow, whose data is its own. */
  readonly data: FlowData | null;
  /** ISO 8601. */
  readonly at: string;
}

export interface Replayed {
  readonly commands: readonly ReplayedCommand[];
  /** Where the machine stood, from its first state on. */
  readonly states: readonly string[];
  readonly path: readonly string[];
  readonly steps: JsonObject;
  readonly variables: JsonObject;
}

type Snapshot = SnapshotFrom<FlowMachine>;

/** Nothing is run in a replay: the machine only computes. */
const nobody: FlowHost = { enter: () => new Promise<NodeDone>(() => {}), left: () => {} };

/**
 * Rebuilds a call from its log alone: the same machine takes the same outcomes, hang-ups and commands. Secrets stay masked.
 * A log that is not complete is rebuilt as far as it goes. Throws `run.replay-diverged` when the log is of another version.
 */
export function replay({ machine, nodes }: CompiledScenario, events: readonly CallEvent[]): Replayed {
  const states: string[] = [];
  const commands: ReplayedCommand[] = [];
  const finalReason = events.findLast((event) => event.name === 'run.ended')?.reason;
  let params: JsonObject = {};
  let snapshot: Snapshot | null = null;
  let assign: JsonObject = {};
  let left: Left | null = null;
  /** The last node ended with its call: whether its outcome counted, what comes next says. */
  let endsWithCall = false;
  let undecided = false;
  /** The node that is being visited. */
  let inside: string | null = null;

  const stand = (next: Snapshot) => {
    snapshot = next;
    states.push(String(next.value));
  };
  const take = (event: FlowEvent) => {
    if (snapshot?.status === 'active') stand(transition(machine, snapshot, event)[0]);
  };

  for (const event of events) {
    switch (event.name) {
      case 'call.started':
        params = event.parameters;
        break;
      case 'node.entered': {
        const { node, type, config, at } = event;
        if (isOfSubflow(node)) {
          commands.push({ node, type, config, data: null, at });
          break;
        }
        const goesOn = undecided && (snapshot as unknown as Snapshot).value === node;
        if (undecided && !goesOn) take({ type: 'call.ended', left: null });
        undecided = false;
        inside = node;
        if (!snapshot) stand(initialTransition(machine, { params, host: nobody })[0]);
        else if (left) take({ type: `go-to.${node}`, left });
        left = null;
        endsWithCall = false;
        const { value, context } = snapshot as unknown as Snapshot;
        if (value !== node)
          throw replayDiverged(`The log enters ${node}, but this version of the scenario is at ${String(value)}.`);
        const { vars, steps } = context;
        commands.push({ node, type, config, data: { vars, steps, params }, at });
        break;
      }
      case 'variables.changed':
        assign = { ...assign, ...event.changes };
        break;
      case 'node.left': {
        const { node, outcome, output } = event;
        if (isOfSubflow(node)) {
          // A subflow has call data of its own.
          assign = {};
          break;
        }
        inside = null;
        if (outcome === null) left = { node, output };
        else {
          take({ type: `xstate.done.actor.${node}`, output: { outcome, output, assign, returns: null } });
          endsWithCall = nodes.get(node)?.definition.endsWithCall === true;
        }
        assign = {};
        break;
      }
      case 'call.ended':
        // A run that was over before its call is not told of it.
        if (finalReason !== undefined && finalReason !== 'call-ended') break;
        // A fax has ended with the call in a subflow, which goes on behind it: it is the subflow's affair alone.
        if (inside !== null) break;
        undecided = endsWithCall;
        if (undecided) break;
        take({ type: 'call.ended', left });
        left = null;
        break;
      case 'run.ended':
        if (left) take({ type: 'run.stopped', left });
        break;
      default:
        // What the channel and the nodes tell does not move the machine.
        break;
    }
  }
  const end = snapshot as unknown as Snapshot | null;
  const { steps, vars } = end?.context ?? { steps: {}, vars: {} };
  return { commands, states, path: commands.map(({ node }) => node), steps, variables: vars };
}

const isOfSubflow = (node: string): boolean => node.includes('/');
