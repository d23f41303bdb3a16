import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useState } from 'react';
import { useStore } from 'zustand';
import { notify } from '../ui/notify.js';
import { nameOf } from '@callwright/scenario';
import { differences } from './model/differences.js';
import { DifferenceList } from './versions/DifferenceList.js';
import type { OpenDraft } from './openDraft.js';

/** Somebody else saved in the meantime: shows what differs and lets a person choose. Either way the other one can be brought back. */
export function ConflictDialog({ open }: { open: OpenDraft }) {
  const state = useStore(open.save);
  const mine = useStore(open.draft, (draft) => draft.document);
  const navigate = useNavigate();
  const [copying, setCopying] = useState(false);
  if (state.kind !== 'conflict') return null;
  const { theirs } = state;
  const copy = async () => {
    setCopying(true);
    try {
      const scenario = await open.saveMineAsCopy(`${nameOf(mine)} (my changes)`, theirs);
      notify.done('Your version is a scenario of its own now.');
      await navigate(`/scenarios/${scenario.id}`);
    } catch (error) {
      notify.failed('The copy was not made', error);
    } finally {
      setCopying(false);
    }
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      title="Somebody else changed this scenario"
      size="lg"
    >
      <Stack>
        <Text size="sm">
          It was saved from another tab or by another person while you were editing. Your version is still here, and
          nothing was overwritten. From theirs to yours, this differs:
        </Text>
        <DifferenceList differences={differences(theirs.document, mine)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => open.takeTheirs(theirs)}>
            Take theirs
          </Button>
          <Button variant="default" loading={copying} onClick={() => void copy()}>
            Save mine as a copy
          </Button>
          <Button onClick={() => open.keepMine(theirs)}>Keep mine</Button>
        </Group>
        <Text size="xs" c="dimmed">
          Undo brings the other version back.
        </Text>
      </Stack>
    </Modal>
  );
}
