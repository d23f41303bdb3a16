import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  collapseToSubflow,
  idFrom,
  inlineSubflow,
  isError,
  nodesOf,
  subflowsOf,
  validateScenario,
} from '@callwright/scenario';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { post, remove as removeObject } from '../../api/client.js';
import { queries } from '../../api/queries.js';
import type { Scenario } from '../../api/types.js';
import { notify } from '../../ui/notify.js';
import { useEditor } from '../EditorContext.js';
import { nodeCatalogue } from '../model/catalogue.js';

/** A part of the drawing as a scenario of its own, and back. */
export function useSubflowActions() {
  const { t } = useTranslation();
  const editor = useEditor();
  const client = useQueryClient();

  /** Stores the part, publishes it when it has no errors, and puts a subflow in its place. Rejects with what is in the way. */
  const collapse = async (name: string): Promise<void> => {
    const { document } = editor.draft.getState();
    const scenarios = await client.fetchQuery(queries.scenarios());
    const id = freeScenarioId(idFrom(name), new Set(scenarios.map(({ documentId }) => documentId)));
    const ids = new Set([...editor.selection()].filter((key) => nodesOf(document).has(key)));
    const { subflow, edits, node } = collapseToSubflow(document, ids, { id, name, catalogue: nodeCatalogue });
    const made = await post<Scenario>('/scenarios', { name, document: subflow });
    const ready = !validateScenario(subflow, nodeCatalogue).some(isError);
    if (ready)
      await post(`/scenarios/${made.id}/versions`, { comment: t('Made of a part of {{id}}', { id: document.id }) });
    await client.invalidateQueries({ queryKey: ['scenarios'] });
    editor.change(t('Make a subflow'), edits);
    editor.select([node], true, true);
    offerDeletionWhenUndone(id, made);
    notifications.show({
      autoClose: 12_000,
      title: t('“{{name}}” is a scenario of its own now', { name }),
      message: (
        <>
          <Text size="sm">
            {ready
              ? t('Version 1 is published, so that calls can run it.')
              : t('It has errors: publish it once they are mended, so that calls can run it.')}
          </Text>
          <Group gap="xs" mt={6}>
            <Button size="compact-xs" variant="default" component="a" href={`/scenarios/${made.id}`}>
              {t('Open it')}
            </Button>
          </Group>
        </>
      ),
    });
  };

  /** The step can be undone here; the scenario that it made is the workspace's, and only a person takes it away. */
  const offerDeletionWhenUndone = (id: string, made: Scenario): void => {
    const stop = editor.draft.subscribe(({ document, future }) => {
      if (future.length === 0 || subflowsOf(document).has(id)) return;
      stop();
      const notice = `undone-${made.id}`;
      const remove = async () => {
        notifications.hide(notice);
        try {
          await removeObject(`/scenarios/${made.id}`);
          await client.invalidateQueries({ queryKey: ['scenarios'] });
        } catch (error) {
          notify.failed(t('“{{name}}” stays', { name: made.name }), error);
        }
      };
      notifications.show({
        id: notice,
        autoClose: 20_000,
        title: t('“{{name}}” is still a scenario of its own', { name: made.name }),
        message: (
          <Button size="compact-xs" variant="default" mt={6} onClick={() => void remove()}>
            {t('Delete it')}
          </Button>
        ),
      });
    });
  };

  /** Puts the nodes of the scenario that a subflow runs in its place. */
  const expand = async (id: string): Promise<void> => {
    try {
      const { document } = editor.draft.getState();
      const wanted = nodesOf(document).get(id)?.input['scenario'];
      const scenarios = await client.fetchQuery(queries.scenarios());
      const found = scenarios.find(({ documentId }) => documentId === wanted);
      if (!found) throw new Error(t('There is no scenario “{{id}}”.', { id: String(wanted) }));
      const subflow =
        found.latestVersion === null
          ? (await client.fetchQuery(queries.scenario(found.id))).document
          : (await client.fetchQuery(queries.versionOf(found.id, found.latestVersion))).document;
      const before = new Set(nodesOf(document).keys());
      editor.change(t('Put the nodes of a subflow here'), inlineSubflow(document, id, subflow, nodeCatalogue));
      editor.select(
        [...nodesOf(editor.draft.getState().document).keys()].filter((key) => !before.has(key)),
        true,
      );
    } catch (error) {
      notify.failed(t('The subflow stays as it is'), error);
    }
  };

  return { collapse, expand };
}

function freeScenarioId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const id = `${wanted.slice(0, 58)}-${number}`;
    if (!taken.has(id)) return id;
  }
}
