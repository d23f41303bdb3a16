import { Loader, Modal, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowNarrowRight, IconHistory } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ScenarioDocument } from '@callwright/scenario';
import { queries } from '../../api/queries.js';
import type { VersionItem } from '../../api/types.js';
import { Empty } from '../../ui/Empty.js';
import { Problem } from '../../ui/Problem.js';
import { CompareView } from '../compare/CompareView.js';
import type { OpenDraft } from '../openDraft.js';
import { VersionList } from './VersionList.js';
import { DRAFT, type Which } from './which.js';
import classes from './VersionsDialog.module.css';

export interface VersionsDialogProps {
  readonly open: OpenDraft;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Every published version, what any two of them differ in, and the way back. */
export function VersionsDialog({ open, opened, onClose }: VersionsDialogProps) {
  const { t } = useTranslation();
  const versions = useQuery({ ...queries.versions(open.scenario.id), enabled: opened });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      fullScreen
      transitionProps={{ duration: 0 }}
      title={t('Versions')}
      classNames={{ body: classes.body ?? '', content: classes.content ?? '' }}
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      {versions.isPending && <Loader size="sm" m="md" aria-label={t('Loading')} />}
      {versions.error && <Problem error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.data?.length === 0 && (
        <Empty icon={IconHistory} title={t('Nothing is published yet')}>
          {t('Publishing makes the draft a version that never changes. Numbers lead to versions.')}
        </Empty>
      )}
      {versions.data?.[0] && (
        <Versions open={open} versions={versions.data} latest={versions.data[0]} onRestored={onClose} />
      )}
    </Modal>
  );
}

interface VersionsProps {
  readonly open: OpenDraft;
  /** Newest first. */
  readonly versions: readonly VersionItem[];
  readonly latest: VersionItem;
  readonly onRestored: () => void;
}

function Versions({ open, versions, latest, onRestored }: VersionsProps) {
  const { t } = useTranslation();
  const [from, setFrom] = useState<Which>(latest.version);
  const [to, setTo] = useState<Which>(DRAFT);
  /** What a version changed: it against the one before it. */
  const look = (which: Which) => {
    setTo(which);
    setFrom(versions.find(({ version }) => which === DRAFT || version < which)?.version ?? which);
  };
  const choices = [
    { value: DRAFT, label: t('The draft') },
    ...versions.map(({ version, comment }) => ({
      value: String(version),
      label: comment === '' ? t('Version {{version}}', { version }) : `${version} · ${comment.slice(0, 60)}`,
    })),
  ];
  const chosen = (value: string | null): Which => (value === null || value === DRAFT ? DRAFT : Number(value));
  return (
    <div className={classes.rooms}>
      <VersionList open={open} versions={versions} shown={to} onShow={look} onRestored={onRestored} />
      <div className={classes.compare}>
        <div className={classes.choice}>
          <Select
            aria-label={t('Compare from')}
            data={choices}
            value={String(from)}
            onChange={(value) => setFrom(chosen(value))}
            allowDeselect={false}
          />
          <IconArrowNarrowRight size={18} aria-hidden />
          <Select
            aria-label={t('Compare to')}
            data={choices}
            value={String(to)}
            onChange={(value) => setTo(chosen(value))}
            allowDeselect={false}
          />
        </div>
        <Compared open={open} from={from} to={to} />
      </div>
    </div>
  );
}

function Compared({ open, from, to }: { open: OpenDraft; from: Which; to: Which }) {
  const { t } = useTranslation();
  const [before, after] = [useDocument(open, from), useDocument(open, to)];
  const error = before.error ?? after.error;
  if (error) return <Problem error={error} onRetry={() => [before, after].forEach(({ retry }) => retry())} />;
  if (!before.document || !after.document) return <Loader size="sm" m="md" aria-label={t('Loading')} />;
  return <CompareView key={`${from} ${to}`} from={before.document} to={after.document} />;
}

function useDocument(open: OpenDraft, which: Which) {
  const draft = useDeferredValue(useStore(open.draft, (state) => state.document));
  const version = useQuery({
    ...queries.versionOf(open.scenario.id, which === DRAFT ? 0 : which),
    enabled: which !== DRAFT,
  });
  const document: ScenarioDocument | undefined = which === DRAFT ? draft : version.data?.document;
  return { document, error: which === DRAFT ? null : version.error, retry: () => void version.refetch() };
}
