import { Tooltip } from '@mantine/core';
import {
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconEye,
  IconGitMerge,
  IconAlertTriangle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { msg } from '../i18n/i18n.js';
import { describe } from '../ui/describe.js';
import type { OpenDraft } from './openDraft.js';
import type { SaveState } from './autosave.js';
import classes from './SaveMark.module.css';

const marks: Record<SaveState['kind'], { text: string; icon: typeof IconCloudUp; hint: string }> = {
  saved: { text: msg('Saved'), icon: IconCloudCheck, hint: msg('Everything is on the server.') },
  pending: { text: msg('Saving…'), icon: IconCloudUp, hint: msg('Saved a moment after each change.') },
  saving: { text: msg('Saving…'), icon: IconCloudUp, hint: msg('Saved a moment after each change.') },
  offline: {
    text: msg('Offline'),
    icon: IconCloudOff,
    hint: msg('The server cannot be reached. Your changes are kept in this browser and sent when it is back.'),
  },
  conflict: {
    text: msg('Conflict'),
    icon: IconGitMerge,
    hint: msg('Somebody else saved this scenario. Nothing is lost: choose which version goes on.'),
  },
  refused: {
    text: msg('Not saved'),
    icon: IconAlertTriangle,
    hint: msg('The server refused the draft. Your changes are kept in this browser.'),
  },
};

/** How safe the work is. */
export function SaveMark({ open, mayEdit }: { open: OpenDraft; mayEdit: boolean }) {
  const { t } = useTranslation();
  const state = useStore(open.save);
  if (!mayEdit) {
    return (
      <span className={classes.mark}>
        <IconEye size={15} aria-hidden />
        {t('Read only')}
      </span>
    );
  }
  const { text, icon: Icon, hint } = marks[state.kind];
  return (
    <Tooltip label={state.kind === 'refused' ? `${t(hint)} ${describe(state.error)}` : t(hint)} multiline maw={300}>
      <span className={classes.mark} data-kind={state.kind} role="status" data-testid="save-state">
        <Icon size={15} aria-hidden />
        <span className={classes.text}>{t(text)}</span>
      </span>
    </Tooltip>
  );
}
