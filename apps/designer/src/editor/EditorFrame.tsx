import { Drawer, VisuallyHidden } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Canvas } from './canvas/Canvas.js';
import { FindingsPanel } from './findings/FindingsPanel.js';
import { MergeDialog } from './merge/MergeDialog.js';
import { SelectionRings } from './presence/SelectionRings.js';
import { Palette } from './palette/Palette.js';
import { PublishDialog } from './versions/PublishDialog.js';
import { DeployDialog } from './versions/DeployDialog.js';
import { VersionsDialog } from './versions/VersionsDialog.js';
import { ShortcutsDialog } from './ShortcutsDialog.js';
import { SidePanel } from './SidePanel.js';
import { TopBar } from './TopBar.js';
import { useShortcuts } from './useShortcuts.js';
import type { LiveCalls } from '../live/liveCalls.js';
import { TryItCanvas } from '../simulator/TryItCanvas.js';
import { TryItContext, useNewTryIt } from '../simulator/useTryIt.js';
import type { OpenDraft } from './openDraft.js';
import classes from './EditorFrame.module.css';

export type EditorDialog = 'publish' | 'deploy' | 'versions' | 'shortcuts';

/** The editor's rooms: bar above, palette, canvas, inspector; findings below. */
export function EditorFrame({ open, live }: { open: OpenDraft; live: LiveCalls }) {
  const [dialog, setDialog] = useState<EditorDialog | null>(null);
  const [findings, { toggle: toggleFindings, close: closeFindings }] = useDisclosure(false);
  const [palette, { toggle: togglePalette, close: closePalette }] = useDisclosure(false);
  const narrow = useMediaQuery('(max-width: 900px)') ?? false;
  const { t } = useTranslation();
  const tryIt = useNewTryIt();
  const close = () => setDialog(null);
  useShortcuts(open, () => setDialog('shortcuts'));
  return (
    <TryItContext value={tryIt}>
      <div className={classes.frame}>
        <TopBar
          open={open}
          live={live}
          onDialog={setDialog}
          onFindings={toggleFindings}
          onPalette={togglePalette}
          narrow={narrow}
        />
        <div className={classes.rooms} data-trying={tryIt.shown || undefined}>
          {!narrow && (
            <aside className={classes.palette} aria-label={t('Palette')}>
              <Palette />
            </aside>
          )}
          <main className={classes.middle} aria-label={t('Drawing')}>
            {!narrow && <VisuallyHidden component="h1">{open.scenario.name}</VisuallyHidden>}
            <div className={classes.canvas}>
              <TryItCanvas>
                <Canvas />
              </TryItCanvas>
              <SelectionRings presence={open.presence} />
            </div>
            {findings && <FindingsPanel onClose={closeFindings} />}
          </main>
          <SidePanel scenario={open.scenario} narrow={narrow} />
        </div>
        {narrow && (
          <Drawer opened={palette} onClose={closePalette} title={t('Add a node')} size="280px" padding={0}>
            <div onClick={closePalette}>
              <Palette />
            </div>
          </Drawer>
        )}
        <PublishDialog
          open={open}
          opened={dialog === 'publish'}
          onClose={close}
          onDeploy={() => setDialog('deploy')}
          onFindings={() => !findings && toggleFindings()}
          onVersions={() => setDialog('versions')}
        />
        <DeployDialog scenarioId={open.scenario.id} opened={dialog === 'deploy'} onClose={close} />
        <VersionsDialog open={open} opened={dialog === 'versions'} onClose={close} />
        <ShortcutsDialog opened={dialog === 'shortcuts'} onClose={close} />
        <MergeDialog open={open} />
      </div>
    </TryItContext>
  );
}
