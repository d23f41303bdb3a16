import { Badge } from '@mantine/core';
import type { CallCause, CallState as State } from '@callwright/channel-contract';

const colors: Record<State, string> = {
  incoming: 'orange',
  ringing: 'orange',
  calling: 'orange',
  answered: 'exchange',
  held: 'gray',
  transferred: 'blue',
  ended: 'gray',
};

/** Where a call stands; once it has ended, why. */
export function CallState({ state, cause }: { state: State; cause: CallCause | null }) {
  const failed = state === 'ended' && cause !== null && cause !== 'normal';
  return (
    <Badge variant="light" tt="none" color={failed ? 'red' : colors[state]}>
      {state === 'ended' ? (failed ? cause : 'ended') : state}
    </Badge>
  );
}
