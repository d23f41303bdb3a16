import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallCause, CallState as State } from '@callwright/channel-contract';
import { callStateNames, causeNames } from '../live/words.js';

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
  const { t } = useTranslation();
  const failed = state === 'ended' && cause !== null && cause !== 'normal';
  return (
    <Badge variant="light" tt="none" color={failed ? 'red' : colors[state]}>
      {t(failed ? causeNames[cause] : callStateNames[state])}
    </Badge>
  );
}
