import { Tooltip } from '@mantine/core';
import {
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconEye,
  IconGitMerge,
  IconAlertTriangle,
} from '@tabler/icons-react';
import { useStore } from 'zustand';
import { describe } from '../ui/describe.js';
import type { OpenDraft } from './openDraft.js';
import type { SaveState } from './autosave.js';
import classes from './SaveMark.module.css';

const marks: Record<SaveState['kind'], { text: string; icon: typeof IconCloudUp; hint: string }> = {
  saved: { text: 'Saved', icon: IconCloudCheck, hint: 'Everything is on the server.' },
  pending: { text: 'Saving…', icon: IconCloudUp, hint: 'Saved a moment after each change.' },
  saving: { text: 'Saving…', icon: IconCloudUp, hint: 'Saved a moment after each change.' },
  offline: {
    text: 'Offline',
    icon: IconCloudOff,
    hint: 'The server cannot be reached. Your changes are kept in this browser and sent when it is back.',
  },
  conflict: {
    text: 'Conflict',
    icon: IconGitMerge,
    hint: 'Somebody else saved this scenario. Nothing is lost: choose which version goes on.',
  },
  refused: {
    text: 'Not saved',
    icon: IconAlertTriangle,
    hint: 'The server refused the draft. Your changes are kept in this browser.',
  },
};

/** How safe the work is. */
export function SaveMark({ open, mayEdit }: { open: OpenDraft; mayEdit: boolean }) {
  const state = useStore(open.save);
  if (!mayEdit) {
    return (
      <span className={classes.mark}>
        <IconEye size={15} aria-hidden />
        Read only
      </span>
    );
  }
  const { text, icon: Icon, hint } = marks[state.kind];
  return (
    <Tooltip label={state.kind === 'refused' ? `${hint} ${describe(state.error)}` : hint} multiline maw={300}>
      <span className={classes.mark} data-kind={state.kind} role="status" data-testid="save-state">
        <Icon size={15} aria-hidden />
        <span className={classes.text}>{text}</span>
      </span>
    </Tooltip>
  );
}
