import { ActionIcon, Badge, Menu } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowBackUp, IconDots, IconDownload, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries.js';
import type { VersionItem } from '../../api/types.js';
import { Ago } from '../../ui/Ago.js';
import { notify } from '../../ui/notify.js';
import { useEditor } from '../EditorContext.js';
import { exportScenario } from '../exportScenario.js';
import type { OpenDraft } from '../openDraft.js';
import { DRAFT, type Which } from './which.js';
import classes from './VersionList.module.css';

export interface VersionListProps {
  readonly open: OpenDraft;
  readonly versions: readonly VersionItem[];
  readonly shown: Which;
  readonly onShow: (which: Which) => void;
  readonly onRestored: () => void;
}

/** The draft and, below it, every version: who, when, why, and which numbers lead to it. */
export function VersionList({ open, versions, shown, onShow, onRestored }: VersionListProps) {
  const { t } = useTranslation();
  const numbers = useQuery(queries.numbers());
  const latest = versions[0]?.version;
  const leading = (version: number) =>
    (numbers.data ?? [])
      .filter(({ scenarioId }) => scenarioId === open.scenario.id)
      .filter((number) => number.version === version || (number.version === 'latest' && version === latest))
      .map(({ pattern }) => pattern);
  return (
    <nav className={classes.list} aria-label={t('All versions')}>
      <ol>
        <li className={classes.item} data-shown={shown === DRAFT || undefined}>
          <button
            type="button"
            className={classes.choose}
            aria-current={shown === DRAFT || undefined}
            onClick={() => onShow(DRAFT)}
          >
            <span className={classes.title}>
              <IconPencil size={15} aria-hidden />
              {t('The draft')}
            </span>
            <span className={classes.comment}>{t('What is being drawn now')}</span>
          </button>
        </li>
        {versions.map((item) => (
          <li key={item.version} className={classes.item} data-shown={shown === item.version || undefined}>
            <button
              type="button"
              className={classes.choose}
              aria-current={shown === item.version || undefined}
              onClick={() => onShow(item.version)}
            >
              <span className={classes.title}>
                {t('Version {{version}}', { version: item.version })}
                {item.version === latest && (
                  <Badge variant="light" size="sm" tt="none">
                    {t('latest')}
                  </Badge>
                )}
              </span>
              {item.comment !== '' && <span className={classes.comment}>{item.comment}</span>}
              <span className={classes.who}>
                <Ago at={item.publishedAt} /> · {item.publishedBy}
              </span>
              {leading(item.version).length > 0 && (
                <span className={classes.numbers}>{leading(item.version).join(', ')}</span>
              )}
            </button>
            <VersionMenu open={open} version={item.version} onRestored={onRestored} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function VersionMenu({ open, version, onRestored }: { open: OpenDraft; version: number; onRestored: () => void }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const client = useQueryClient();
  const read = () => client.fetchQuery(queries.versionOf(open.scenario.id, version));
  const restore = useMutation({
    mutationFn: read,
    onSuccess: ({ document }) => {
      open.draft.getState().replace(t('Restore version {{version}}', { version }), document);
      notify.done(t('The draft is version {{version}} again. Undo takes it back.', { version }));
      onRestored();
    },
    onError: (error) => notify.failed(t('Nothing was restored'), error),
  });
  const save = useMutation({
    mutationFn: read,
    onSuccess: ({ document }) => exportScenario(document, version),
    onError: (error) => notify.failed(t('Nothing was exported'), error),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          className={classes.more}
          loading={restore.isPending || save.isPending}
          aria-label={t('What can be done with version {{version}}', { version })}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {editor.mayEdit && (
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => restore.mutate()}>
            {t('Restore as the draft')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => save.mutate()}>
          {t('Export as a file')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
