import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { follow } from '../api/live.js';
import { getAll } from '../api/queries.js';
import type { LoggedEvent } from '../api/types.js';

/** The event log of a call, oldest first: what is stored, and what is added while somebody looks. */
export function useCallLog(id: string): {
  readonly events: readonly LoggedEvent[];
  readonly error: unknown;
  readonly pending: boolean;
} {
  const client = useQueryClient();
  const [events, setEvents] = useState<readonly LoggedEvent[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(true);
  useEffect(() => {
    let left = false;
    const known = new Map<number, LoggedEvent>();
    const add = (more: readonly LoggedEvent[]) => {
      for (const event of more) known.set(event.seq, event);
      if (!left) setEvents([...known.values()].sort((a, b) => a.seq - b.seq));
    };
    const read = () =>
      getAll<LoggedEvent>(`/calls/${id}/events`).then(
        (items) => {
          add(items);
          setPending(false);
        },
        (thrown: unknown) => {
          if (!left) setError(thrown);
          setPending(false);
        },
      );
    // The log is read once the socket follows, so that nothing falls between the two; and again after every reconnection.
    const stop = follow(
      { call: id },
      {
        onSnapshot: () => void read(),
        onEvent: (event) => {
          add([event]);
          if (event.name === 'run.ended' || event.name === 'call.ended')
            void client.invalidateQueries({ queryKey: ['calls', id] });
        },
      },
    );
    void read();
    return () => {
      left = true;
      stop();
    };
  }, [id, client]);
  return { events, error, pending };
}
