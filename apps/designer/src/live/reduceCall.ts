import type { CallCause, CallState, LegState } from '@callwright/channel-contract';
import type { JsonObject } from '@callwright/kernel';
import type { Call, LoggedEvent } from '../api/types.js';

/** The call as it stands after an event of its log. A call that is not known yet begins with `call.started`. */
export function reduceCall(call: Call | undefined, event: LoggedEvent): Call | undefined {
  if (event.name === 'call.started') return call ?? begin(event);
  if (!call) return undefined;
  switch (event.name) {
    case 'call.state-changed':
      return { ...call, state: event['to'] as CallState };
    case 'call.answered':
      return call.answeredAt === null ? { ...call, answeredAt: event.at } : call;
    case 'node.entered':
      return { ...call, node: event['node'] as string, path: [...call.path, event['node'] as string] };
    case 'variables.changed':
      return { ...call, variables: { ...call.variables, ...(event['changes'] as JsonObject) } };
    case 'leg.added': {
      const name = event['leg'] as string;
      const others = call.legs.filter((leg) => leg.name !== name);
      return {
        ...call,
        legs: [...others, { name, uri: event['uri'] as string, state: 'calling', codec: null, onHold: false }],
      };
    }
    case 'leg.state-changed':
      return withLeg(call, event['leg'] as string, event['to'] as LegState);
    case 'leg.ended':
      return withLeg(call, event['leg'] as string, 'ended');
    case 'call.ended':
      return {
        ...call,
        state: 'ended',
        cause: event['cause'] as CallCause,
        endedAt: event.at,
        durationMs: event['durationMs'] as number,
      };
    default:
      return call;
  }
}

const withLeg = (call: Call, name: string, state: LegState): Call => ({
  ...call,
  legs: call.legs.map((leg) => (leg.name === name ? { ...leg, state, onHold: state === 'held' } : leg)),
});

const begin = (event: LoggedEvent): Call => ({
  id: event.callId,
  scenarioId: event.scenarioId,
  version: event.version,
  direction: event['direction'] as Call['direction'],
  from: event['from'] as string,
  to: event['to'] as string,
  state: event['direction'] === 'outbound' ? 'calling' : 'incoming',
  cause: null,
  node: null,
  startedAt: event.at,
  answeredAt: null,
  endedAt: null,
  durationMs: null,
  recordings: [],
  path: [],
  variables: {},
  legs: [],
});
