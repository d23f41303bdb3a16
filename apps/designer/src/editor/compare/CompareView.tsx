import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { differencesOf, type ScenarioDocument } from '@callwright/scenario';
import { ChangeList } from './ChangeList.js';
import { CompareDrawing } from './CompareDrawing.js';
import { changesOf, marksOf } from './comparison.js';
import { TextDiff } from './TextDiff.js';
import classes from './CompareView.module.css';

/** Two documents side by side: the newer drawing with what became of it, or both as text; beside it every change, to step through. */
export function CompareView({ from, to }: { from: ScenarioDocument; to: ScenarioDocument }) {
  const { t } = useTranslation();
  const [view, setView] = useState<'drawing' | 'text'>('drawing');
  const [shown, setShown] = useState<number | null>(null);
  const differences = useMemo(() => differencesOf(from, to), [from, to]);
  const changes = useMemo(() => changesOf(differences), [differences]);
  const marks = useMemo(() => marksOf(differences), [differences]);
  const node = (shown === null ? null : changes[shown]?.node) ?? null;
  const step = (by: 1 | -1) => {
    if (changes.length === 0) return;
    const start = by === 1 ? -1 : 0;
    setShown(((shown ?? start) + by + changes.length) % changes.length);
  };
  const count =
    shown === null
      ? t('{{count}} changes', { count: changes.length })
      : t('Change {{number}} of {{all}}', { number: shown + 1, all: changes.length });
  return (
    <div className={classes.rooms}>
      <div className={classes.picture}>
        <div className={classes.switch}>
          <SegmentedControl
            size="xs"
            aria-label={t('How the changes are shown')}
            value={view}
            onChange={setView}
            data={[
              { value: 'drawing', label: t('Drawing') },
              { value: 'text', label: t('Text') },
            ]}
          />
        </div>
        {view === 'drawing' ? (
          <CompareDrawing
            from={from}
            to={to}
            marks={marks}
            shown={node}
            onChoose={(chosen) => setShown(changes.findIndex((change) => change.node === chosen))}
            label={t('What changed on the drawing')}
          />
        ) : (
          <TextDiff from={from} to={to} />
        )}
      </div>
      <aside className={classes.side} aria-label={t('Changes')}>
        <div className={classes.steps}>
          <span className={classes.count} role="status">
            {count}
          </span>
          <Tooltip label={t('The change before')}>
            <ActionIcon size="sm" onClick={() => step(-1)} aria-label={t('The change before')}>
              <IconChevronUp size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('The next change')}>
            <ActionIcon size="sm" onClick={() => step(1)} aria-label={t('The next change')}>
              <IconChevronDown size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
        <div className={classes.list}>
          <ChangeList changes={changes} from={from} to={to} shown={shown} onShow={setShown} />
        </div>
      </aside>
    </div>
  );
}
