import { ActionIcon, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '../api/types.js';
import { TryPanel } from '../simulator/TryPanel.js';
import { useTryIt } from '../simulator/useTryIt.js';
import { useEditor, useSelection } from './EditorContext.js';
import { Inspector } from './inspector/Inspector.js';
import classes from './SidePanel.module.css';

type Side = 'settings' | 'try';

/**
 * Beside the drawing: the settings of what is selected, and the phone of the page. Where there is room both are seen, else one of them;
 * on a telephone they are a sheet that comes up from below.
 */
export function SidePanel({ scenario, narrow }: { scenario: Scenario; narrow: boolean }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const selection = useSelection();
  const { shown } = useTryIt();
  const roomForBoth = useMediaQuery('(min-width: 1500px)') ?? false;
  const [side, setSide] = useState<Side>('settings');
  useEffect(() => setSide(shown ? 'try' : 'settings'), [shown]);
  const both = shown && roomForBoth;
  const oneOfTwo = shown && !roomForBoth;
  return (
    <>
      <aside
        className={classes.panel}
        aria-label={t('Inspector')}
        data-away={(narrow && !shown && selection.size !== 1) || undefined}
        data-tall={(oneOfTwo && side === 'try') || undefined}
      >
        {(oneOfTwo || narrow) && (
          <div className={classes.switch}>
            {oneOfTwo ? (
              <SegmentedControl
                size="xs"
                fullWidth
                flex={1}
                aria-label={t('Beside the drawing')}
                data={[
                  { value: 'settings', label: t('Settings') },
                  { value: 'try', label: t('Try it') },
                ]}
                value={side}
                onChange={(next) => setSide(next as Side)}
              />
            ) : (
              <ActionIcon ml="auto" aria-label={t('Close the settings')} onClick={() => editor.select([])}>
                <IconX size={17} />
              </ActionIcon>
            )}
          </div>
        )}
        <div className={classes.content} hidden={oneOfTwo && side === 'try'}>
          <Inspector scenario={scenario} />
        </div>
        {oneOfTwo && (
          <div className={classes.content} hidden={side === 'settings'}>
            <TryPanel scenario={scenario} />
          </div>
        )}
      </aside>
      {both && (
        <aside className={classes.panel} aria-label={t('Try it')}>
          <TryPanel scenario={scenario} />
        </aside>
      )}
    </>
  );
}
