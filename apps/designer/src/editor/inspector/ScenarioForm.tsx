import { useQuery } from '@tanstack/react-query';
import { Select, Stack, Text } from '@mantine/core';
import { queries } from '../../api/queries.js';
import type { Scenario } from '../../api/types.js';
import { useDraft, useEditor } from '../EditorContext.js';
import { errorPathOf, hangUpPathOf, initialOf, nodesOf, variablesOf } from '@callwright/scenario';
import { AssignControl } from './controls/AssignControl.js';
import classes from './Inspector.module.css';

/** The scenario itself: where calls begin, where they go when something ends them, and what is known from the start. */
export function ScenarioForm({ scenario }: { scenario: Scenario }) {
  const editor = useEditor();
  const document = useDraft((draft) => draft.document);
  const { data: versions } = useQuery(queries.versions(scenario.id));
  const latest = versions?.[0]?.version ?? scenario.latestVersion;
  const nodes = [...nodesOf(document).values()].map(({ id, label }) => ({ value: id, label: label ?? id }));
  return (
    <>
      <div className={classes.section}>
        <h2 className={classes.title}>Scenario</h2>
        <Text size="sm" c="dimmed">
          {latest === null ? 'Not published yet.' : `Version ${latest} is the latest.`} Select a node to change it; drag
          from an outcome to wire it.
        </Text>
      </div>
      <fieldset
        className={classes.section}
        disabled={!editor.mayEdit}
        style={{ border: 0, margin: 0 }}
        aria-label="Scenario settings"
      >
        <Stack gap="md">
          <Select
            label="Start"
            description="The first node of every call."
            data={nodes}
            value={initialOf(document)}
            searchable
            allowDeselect={false}
            onChange={(id) => id !== null && editor.setInitial(id)}
          />
          <Select
            label="On hang-up"
            description="Runs when the caller has gone: write a log line, tell another system."
            placeholder="Nothing runs afterwards"
            data={nodes}
            value={hangUpPathOf(document)}
            searchable
            clearable
            onChange={(id) => editor.setHangUpPath(id)}
          />
          <Select
            label="On error"
            description="Where a failure goes whose outcome “failed” is not wired."
            placeholder="The call ends politely"
            data={nodes}
            value={errorPathOf(document)}
            searchable
            clearable
            onChange={(id) => editor.setErrorPath(id)}
          />
          <AssignControl
            title="Variables at the start"
            description="Call data that exists from the beginning, read as vars.name."
            value={variablesOf(document)}
            error={null}
            onChange={(value) => editor.setVariables((value ?? {}) as ReturnType<typeof variablesOf>)}
          />
        </Stack>
      </fieldset>
      <div className={classes.section}>
        <Text size="xs" c="dimmed">
          Id for subflows and <code>scenario:{document.id}</code>: <code>{document.id}</code>
        </Text>
      </div>
    </>
  );
}
