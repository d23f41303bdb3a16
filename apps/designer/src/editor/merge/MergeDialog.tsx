import { Button, Group, Modal, Tabs } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useStore } from 'zustand';
import { differencesOf, mergeScenarios, nameOf, type ScenarioDocument, type Side } from '@callwright/scenario';
import { notify } from '../../ui/notify.js';
import type { Stored } from '../autosave.js';
import { ChangeList } from '../compare/ChangeList.js';
import { CompareDrawing } from '../compare/CompareDrawing.js';
import { changesOf, marksOf } from '../compare/comparison.js';
import type { OpenDraft } from '../openDraft.js';
import { CollisionList } from './CollisionList.js';
import classes from './MergeDialog.module.css';

/** Somebody else saved in the meantime, and both changed the same thing: a person chooses, one thing at a time. */
export function MergeDialog({ open }: { open: OpenDraft }) {
  const state = useStore(open.save);
  const mine = useStore(open.draft, (draft) => draft.document);
  if (state.kind !== 'conflict') return null;
  return <Merging key={state.theirs.etag} open={open} base={state.base} mine={mine} theirs={state.theirs} />;
}

interface MergingProps {
  readonly open: OpenDraft;
  readonly base: ScenarioDocument;
  readonly mine: ScenarioDocument;
  readonly theirs: Stored;
}

function Merging({ open, base, mine, theirs }: MergingProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const [shown, setShown] = useState<string | null>(null);
  const [copying, setCopying] = useState(false);
  const { document, collisions } = useMemo(
    () => mergeScenarios(base, mine, theirs.document, choices),
    [base, mine, theirs, choices],
  );
  const undecided = collisions.filter(({ key }) => !choices.has(key));
  const marks = useMemo(() => marksOf(differencesOf(base, document), undecided), [base, document, undecided]);
  const [ours, others] = useMemo(
    () => [changesOf(differencesOf(base, mine)), changesOf(differencesOf(base, theirs.document))],
    [base, mine, theirs],
  );
  const copy = async () => {
    setCopying(true);
    try {
      const scenario = await open.saveMineAsCopy(t('{{name}} (my changes)', { name: nameOf(mine) }), theirs);
      notify.done(t('Your version is a scenario of its own now.'));
      await navigate(`/scenarios/${scenario.id}`);
    } catch (error) {
      notify.failed(t('The copy was not made'), error);
    } finally {
      setCopying(false);
    }
  };
  return (
    <Modal
      opened
      fullScreen
      transitionProps={{ duration: 0 }}
      onClose={() => undefined}
      withCloseButton={false}
      title={t('Somebody else changed the same things')}
      classNames={{ body: classes.body ?? '', content: classes.content ?? '' }}
    >
      <div className={classes.rooms}>
        <div className={classes.drawing}>
          <CompareDrawing
            from={base}
            to={document}
            marks={marks}
            shown={shown}
            onChoose={setShown}
            label={t('The joined drawing')}
          />
        </div>
        <aside className={classes.side} aria-label={t('What is to be decided')}>
          <Tabs defaultValue="decide" className={classes.tabs} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="decide">{t('To decide ({{number}})', { number: undecided.length })}</Tabs.Tab>
              <Tabs.Tab value="mine">{t('Yours ({{number}})', { number: ours.length })}</Tabs.Tab>
              <Tabs.Tab value="theirs">{t('Theirs ({{number}})', { number: others.length })}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="decide" className={classes.panel}>
              <p className={classes.intro}>
                {t(
                  'It was saved from another window or by another person while you were editing. What only one of you changed is joined already. Choose for the rest:',
                )}
              </p>
              <CollisionList
                collisions={collisions}
                choices={choices}
                documents={{ base, mine, theirs: theirs.document }}
                onChoose={(key, side) => setChoices(new Map([...choices, [key, side]]))}
                onShow={setShown}
              />
            </Tabs.Panel>
            <Tabs.Panel value="mine" className={classes.panel}>
              <ChangeList changes={ours} from={base} to={mine} />
            </Tabs.Panel>
            <Tabs.Panel value="theirs" className={classes.panel}>
              <ChangeList changes={others} from={base} to={theirs.document} />
            </Tabs.Panel>
          </Tabs>
          <div className={classes.ends}>
            <Group gap={8}>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setChoices(new Map(collisions.map(({ key }) => [key, 'mine'])))}
              >
                {t('Mine for all')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setChoices(new Map(collisions.map(({ key }) => [key, 'theirs'])))}
              >
                {t('Theirs for all')}
              </Button>
            </Group>
            <Button
              fullWidth
              leftSection={<IconGitMerge size={16} />}
              disabled={undecided.length > 0}
              onClick={() => open.keepJoined(document, theirs)}
            >
              {undecided.length > 0
                ? t('{{count}} things to decide', { count: undecided.length })
                : t('Go on with the joined version')}
            </Button>
            <Group grow gap={8}>
              <Button variant="default" onClick={() => open.takeTheirs(theirs)}>
                {t('Drop my changes')}
              </Button>
              <Button variant="default" loading={copying} onClick={() => void copy()}>
                {t('Save mine as a copy')}
              </Button>
            </Group>
            <p className={classes.hint}>{t('Nothing was overwritten. Undo brings the other version back.')}</p>
          </div>
        </aside>
      </div>
    </Modal>
  );
}
