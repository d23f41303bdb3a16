import { Button, Center, Loader } from '@mantine/core';
import { ReactFlowProvider } from '@xyflow/react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useStore } from 'zustand';
import { useDocumentTitle } from '@mantine/hooks';
import { useMay } from '../api/queries.js';
import { FollowedCall } from '../live/FollowedCall.js';
import { useLiveCalls } from '../live/useLiveCalls.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { LiveContext } from './canvas/LiveBadges.js';
import { EditorContext, FindingsContext, SubflowsContext } from './EditorContext.js';
import { EditorFrame } from './EditorFrame.js';
import { nameOf, validateScenario } from '@callwright/scenario';
import { nodeCatalogue } from './model/catalogue.js';
import { useSubflowOutcomes } from './useSubflowOutcomes.js';
import { openDraft, type OpenDraft } from './openDraft.js';

/** One scenario, open. */
export function EditorPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const mayEdit = useMay('editor');
  const [opened, setOpened] = useState<{ id: string; draft: OpenDraft } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  useEffect(() => {
    let draft: OpenDraft | null = null;
    let left = false;
    setProblem(null);
    openDraft(id, mayEdit).then(
      (ready) => {
        if (left) return ready.close();
        draft = ready;
        setOpened({ id, draft });
      },
      (error: unknown) => setProblem(error),
    );
    return () => {
      left = true;
      draft?.close();
      setOpened(null);
    };
  }, [id, mayEdit]);

  if (problem !== null) {
    return (
      <Page title={t('Scenario')}>
        <Problem
          error={problem}
          title={t('The scenario could not be opened')}
          onRetry={() => window.location.reload()}
        />
        <Button component={Link} to="/scenarios" variant="default" mt="md">
          {t('Back to the scenarios')}
        </Button>
      </Page>
    );
  }
  if (opened?.id !== id) {
    return (
      <Center h="100%">
        <Loader aria-label={t('Opening the scenario')} />
      </Center>
    );
  }
  return <OpenEditor key={id} open={opened.draft} />;
}

function OpenEditor({ open }: { open: OpenDraft }) {
  const document = useDeferredValue(useStore(open.draft, (draft) => draft.document));
  const subflows = useSubflowOutcomes(document);
  const findings = useMemo(
    () => validateScenario(document, nodeCatalogue, { outcomesOfScenario: subflows }),
    [document, subflows],
  );
  const live = useLiveCalls(open.scenario.id);
  useDocumentTitle(`${nameOf(document)} · Callwright`);
  return (
    <EditorContext value={open.editor}>
      <SubflowsContext value={subflows}>
        <FindingsContext value={findings}>
          <LiveContext value={live}>
            <ReactFlowProvider>
              <EditorFrame open={open} live={live} />
              <FollowedCall />
            </ReactFlowProvider>
          </LiveContext>
        </FindingsContext>
      </SubflowsContext>
    </EditorContext>
  );
}
