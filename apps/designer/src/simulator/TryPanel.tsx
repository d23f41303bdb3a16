import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '../api/types.js';
import { CallForm } from './CallForm.js';
import { DataTab } from './DataTab.js';
import { Phone } from './Phone.js';
import { TestsTab } from './TestsTab.js';
import { useTryIt, useTryOut } from './useTryIt.js';
import classes from './TryPanel.module.css';

type Tab = 'call' | 'data' | 'tests';

/** The scenario, tried in the page: a phone in the hand of whoever draws. Nobody is really called. */
export function TryPanel({ scenario }: { scenario: Scenario }) {
  const { t } = useTranslation();
  const { toggle } = useTryIt();
  const [tab, setTab] = useState<Tab>('call');
  const phase = useTryOut((state) => state.phase);
  return (
    <div className={classes.panel} data-testid="try-panel">
      <header className={classes.header}>
        <h2 className={classes.title}>{t('Try it')}</h2>
        <SegmentedControl
          size="xs"
          value={tab}
          onChange={(value) => setTab(value as Tab)}
          data={[
            { value: 'call', label: t('Call') },
            { value: 'data', label: t('Data') },
            { value: 'tests', label: t('Tests') },
          ]}
          aria-label={t('What is shown')}
        />
        <Tooltip label={t('Back to the settings of the node')}>
          <ActionIcon size="md" onClick={toggle} aria-label={t('Close')}>
            <IconX size={17} />
          </ActionIcon>
        </Tooltip>
      </header>
      {tab === 'call' && (phase === 'idle' ? <CallForm /> : <Phone scenario={scenario} />)}
      {tab === 'data' && <DataTab />}
      {tab === 'tests' && <TestsTab scenario={scenario} />}
    </div>
  );
}
