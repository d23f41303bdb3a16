import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.js';
import type { NeededBy } from '../api/types.js';
import { notify } from '../ui/notify.js';
import { Users } from './UsedBy.js';

export interface Doomed {
  readonly id: string;
  /** How a person calls it. */
  readonly name: string;
}

interface Needed extends Doomed {
  readonly users: readonly NeededBy[];
}

/** Who needs it, when that is why it was not deleted (`….in-use`). */
function usersIn(error: unknown): readonly NeededBy[] | null {
  if (!(error instanceof ApiError) || !error.code.endsWith('.in-use')) return null;
  const { users } = error.details;
  return Array.isArray(users) ? (users as readonly NeededBy[]) : null;
}

/**
 * Deletes something; when it is needed, shows by whom, and where `mayForce` lets a person go ahead all the same. `dialog` must be drawn
 * somewhere.
 */
export function useErase(take: (id: string, force: boolean) => Promise<unknown>, mayForce = true) {
  const { t } = useTranslation();
  const [needed, setNeeded] = useState<Needed | null>(null);
  const [busy, setBusy] = useState(false);
  const close = () => setNeeded(null);
  const erase = async ({ id, name }: Doomed, force = false): Promise<void> => {
    try {
      await take(id, force);
      close();
      notify.done(t('{{what}} is deleted.', { what: name }));
    } catch (error) {
      const users = usersIn(error);
      if (users) setNeeded({ id, name, users });
      else notify.failed(t('{{what}} was not deleted', { what: name }), error);
    }
  };
  const force = async () => {
    if (!needed) return;
    setBusy(true);
    await erase(needed, true);
    setBusy(false);
  };
  const dialog = (
    <Modal opened={needed !== null} onClose={close} title={t('{{what}} is needed', { what: needed?.name ?? '' })}>
      <Text size="sm" mb="sm">
        {mayForce
          ? t('What names it fails at that place once it is gone. Change these first, or delete it anyway:')
          : t('Change these first:')}
      </Text>
      {needed && <Users users={needed.users} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close} data-autofocus>
          {t('Keep it')}
        </Button>
        {mayForce && (
          <Button color="red" loading={busy} onClick={() => void force()}>
            {t('Delete anyway')}
          </Button>
        )}
      </Group>
    </Modal>
  );
  return { erase, dialog };
}
