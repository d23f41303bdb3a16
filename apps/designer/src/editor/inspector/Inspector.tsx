import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCopy, IconLayoutDistributeHorizontal, IconTrash } from '@tabler/icons-react';
import type { Scenario } from '../../api/types.js';
import { useDraft, useEditor, useSelection } from '../EditorContext.js';
import { nodesOf } from '@callwright/scenario';
import { NodeForm } from './NodeForm.js';
import { ScenarioForm } from './ScenarioForm.js';
import classes from './Inspector.module.css';

/** What is selected, as a form: a node, several nodes, or the scenario itself. */
export function Inspector({ scenario }: { scenario: Scenario }) {
  const editor = useEditor();
  const selection = useSelection();
  const nodes = useDraft((draft) => nodesOf(draft.document));
  const chosen = [...selection].flatMap((id) => nodes.get(id) ?? []);
  const [only] = chosen;
  if (chosen.length === 1 && only) return <NodeForm key={only.id} node={only} />;
  if (chosen.length > 1) {
    return (
      <div className={classes.section}>
        <h2 className={classes.title}>{chosen.length} nodes</h2>
        <Text size="sm" c="dimmed" mb="md">
          Drag them together, copy them to another scenario, or arrange them.
        </Text>
        {editor.mayEdit && (
          <Stack gap="xs" align="flex-start">
            <Button
              variant="default"
              leftSection={<IconLayoutDistributeHorizontal size={16} />}
              onClick={() => void editor.arrange()}
            >
              Arrange
            </Button>
            <Group gap="xs">
              <Button variant="default" leftSection={<IconCopy size={16} />} onClick={() => editor.duplicate()}>
                Duplicate
              </Button>
              <Button
                variant="default"
                color="red"
                leftSection={<IconTrash size={16} />}
                onClick={() => editor.removeSelection()}
              >
                Delete
              </Button>
            </Group>
          </Stack>
        )}
      </div>
    );
  }
  return <ScenarioForm scenario={scenario} />;
}
