import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconChevronDown,
  IconCircleCheck,
  IconDots,
  IconDownload,
  IconHash,
  IconHistory,
  IconKeyboard,
  IconLayoutDistributeHorizontal,
  IconPlus,
  IconRocket,
} from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LiveCalls } from '../live/liveCalls.js';
import type { EditorDialog } from './EditorFrame.js';
import { useDraft, useEditor, useFindings } from './EditorContext.js';
import { nameOf } from '@callwright/scenario';
import { exportScenario } from './exportScenario.js';
import { ImportItem } from './ImportItem.js';
import type { OpenDraft } from './openDraft.js';
import { TryButton } from '../simulator/TryButton.js';
import { Others } from './presence/Others.js';
import { SaveMark } from './SaveMark.js';
import classes from './TopBar.module.css';
import { arrangeOrSay } from './arrangeOrSay.js';

export interface TopBarProps {
  readonly open: OpenDraft;
  readonly live: LiveCalls;
  readonly onDialog: (dialog: EditorDialog) => void;
  readonly onFindings: () => void;
  readonly onPalette: () => void;
  readonly narrow: boolean;
}

export function TopBar({ open, live, onDialog, onFindings, onPalette, narrow }: TopBarProps) {
  const { t } = useTranslation();
  const editor = useEditor();
  const document = useDraft((draft) => draft.document);
  const undoable = useDraft((draft) => draft.past.at(-1)?.label ?? null);
  const redoable = useDraft((draft) => draft.future.at(-1)?.label ?? null);
  const { undo, redo } = open.draft.getState();
  return (
    <header className={classes.bar}>
      <Tooltip label={t('All scenarios')}>
        <ActionIcon component={Link} to="/scenarios" size="lg" aria-label={t('Back to the scenarios')}>
          <IconArrowLeft size={19} />
        </ActionIcon>
      </Tooltip>
      <div className={classes.names}>
        <input
          className={classes.name}
          aria-label={t('Scenario name')}
          value={nameOf(document)}
          placeholder={document.id}
          disabled={!editor.mayEdit}
          onChange={(event) => editor.nameScenario(event.currentTarget.value)}
        />
        <SaveMark open={open} mayEdit={editor.mayEdit} />
      </div>
      {editor.mayEdit && (
        <div className={classes.tools} role="group" aria-label={t('Editing')}>
          {narrow && (
            <ActionIcon size="lg" onClick={onPalette} aria-label={t('Add a node')}>
              <IconPlus size={19} />
            </ActionIcon>
          )}
          <Tooltip label={undoable === null ? t('Nothing to undo') : t('Undo: {{what}}', { what: undoable })}>
            <ActionIcon
              size="lg"
              onClick={undo}
              aria-disabled={undoable === null}
              data-disabled={undoable === null || undefined}
              aria-label={t('Undo')}
            >
              <IconArrowBackUp size={19} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={redoable === null ? t('Nothing to redo') : t('Redo: {{what}}', { what: redoable })}>
            <ActionIcon
              className={classes.redo}
              size="lg"
              onClick={redo}
              aria-disabled={redoable === null}
              data-disabled={redoable === null || undefined}
              aria-label={t('Redo')}
            >
              <IconArrowForwardUp size={19} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('Arrange (the selection, or all)')}>
            <ActionIcon
              size="lg"
              className={classes.roomy}
              aria-label={t('Arrange')}
              onClick={() => arrangeOrSay(editor)}
            >
              <IconLayoutDistributeHorizontal size={19} />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
      <div className={classes.space} />
      <Others presence={open.presence} />
      <LiveCount live={live} />
      <FindingsMark onClick={onFindings} />
      <TryButton />
      <Menu width={220}>
        <Menu.Target>
          <ActionIcon size="lg" aria-label={t('More')}>
            <IconDots size={19} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => onDialog('versions')}>
            {t('Versions')}
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => exportScenario(document)}>
            {t('Export as a file')}
          </Menu.Item>
          {editor.mayEdit && <ImportItem open={open} />}
          <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={() => onDialog('shortcuts')}>
            {t('Keyboard shortcuts')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            component={Link}
            to={`/calls?scenarioId=${open.scenario.id}`}
            leftSection={<IconHistory size={16} />}
          >
            {t('Calls of this scenario')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {editor.mayEdit && (
        <Button.Group>
          <Button
            className={classes.publish}
            leftSection={<IconRocket size={16} />}
            onClick={() => onDialog('publish')}
          >
            {t('Publish')}
          </Button>
          <Menu>
            <Menu.Target>
              <Button px={8} aria-label={t('Publish and deploy')} className={classes.split}>
                <IconChevronDown size={16} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconRocket size={16} />} onClick={() => onDialog('publish')}>
                {t('Publish a version…')}
              </Menu.Item>
              <Menu.Item leftSection={<IconHash size={16} />} onClick={() => onDialog('deploy')}>
                {t('Deploy to a number…')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Button.Group>
      )}
    </header>
  );
}

function FindingsMark({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  const findings = useFindings();
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const text =
    findings.length === 0
      ? t('No findings')
      : errors > 0
        ? t('{{count}} errors', { count: errors })
        : t('{{count}} warnings', { count: findings.length });
  return (
    <Button
      variant="subtle"
      color={errors > 0 ? 'red' : 'gray'}
      px={10}
      leftSection={findings.length === 0 ? <IconCircleCheck size={17} /> : <IconAlertTriangle size={17} />}
      onClick={onClick}
      className={classes.findings}
      data-testid="findings-button"
    >
      {text}
    </Button>
  );
}

function LiveCount({ live }: { live: LiveCalls }) {
  const { t } = useTranslation();
  const count = useSyncExternalStore(live.subscribe, () => live.count());
  const connection = useSyncExternalStore(live.subscribe, live.connection);
  if (connection === 'lost') return <span className={classes.lost}>{t('Live view lost, reconnecting…')}</span>;
  if (count === 0) return null;
  return (
    <span role="status">
      <Link to="/calls/live" className={classes.live}>
        <span className={classes.pulse} aria-hidden />
        {t('{{count}} live', { count })}
      </Link>
    </span>
  );
}
