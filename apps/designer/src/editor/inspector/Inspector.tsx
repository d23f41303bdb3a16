import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCopy, IconLayoutDistributeHorizontal, IconTrash } from '@tabler/icons-react';
import { nodesOf } from '@callwright/scenario';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '../../api/types.js';
import { useDraft, useEditor, useSelection } from '../EditorContext.js';
import { Manual } from './manual/Manual.js';
import { NodeForm } from './NodeForm.js';
import { TrialContext } from './sample/SampleContext.js';
import { useSample } from './sample/useSample.js';
import { ScenarioForm } from './ScenarioForm.js';
import classes from './Inspector.module.css';
import { arrangeOrSay } from '../arrangeOrSay.js';

/** What is selected, as a form: a node, several nodes, or the scenario itself. */
export function Inspector({ scenario }: { scenario: Scenario }) {
  const selection = useSelection();
  const nodes = useDraft((draft) => nodesOf(draft.document));
  const [manual, setManual] = useState(false);
  const sample = useSample(scenario.id);
  const chosen = [...selection].flatMap((id) => nodes.get(id) ?? []);
  const only = chosen.length === 1 ? (chosen[0] ?? null) : null;
  const node = only?.id ?? null;
  const trial = useMemo(() => ({ sample, node }), [sample, node]);
  return (
    <TrialContext value={trial}>
      {only ? (
        <>
          <NodeForm key={only.id} node={only} onManual={() => setManual((shown) => !shown)} />
          {manual && <Manual type={only.type} onClose={() => setManual(false)} />}
        </>
      ) : chosen.length > 1 ? (
        <SeveralNodes count={chosen.length} />
      ) : (
        <ScenarioForm scenario={scenario} />
      )}
    </TrialContext>
  );
}

function SeveralNodes({ count }: { count: number }) {
  const { t } = useTranslation();
  const editor = useEditor();
  return (
    <div className={classes.section}>
      <h2 className={classes.title}>{t('{{count}} nodes', { count })}</h2>
      <Text size="sm" c="dimmed" mb="md">
        {t('Drag them together, copy them to another scenario, or arrange them.')}
      </Text>
      {editor.mayEdit && (
        <Stack gap="xs" align="flex-start">
          <Button
            variant="default"
            leftSection={<IconLayoutDistributeHorizontal size={16} />}
            onClick={() => arrangeOrSay(editor)}
          >
            {t('Arrange')}
          </Button>
          <Group gap="xs">
            <Button variant="default" leftSection={<IconCopy size={16} />} onClick={() => editor.duplicate()}>
              {t('Duplicate')}
            </Button>
            <Button
              variant="default"
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() => editor.removeSelection()}
            >
              {t('Delete')}
            </Button>
          </Group>
        </Stack>
      )}
    </div>
  );
}
