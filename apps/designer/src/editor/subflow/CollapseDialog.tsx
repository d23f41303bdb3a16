import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { isCallwrightError } from '@callwright/kernel';
import { collapseToSubflow, idFrom, nodesOf } from '@callwright/scenario';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { describe } from '../../ui/describe.js';
import { useDraft, useEditor, useSelection } from '../EditorContext.js';
import { nodeCatalogue } from '../model/catalogue.js';
import { useSubflowActions } from './useSubflowActions.js';

/** Names the scenario that the selected nodes become, and shows beforehand what goes in and what comes out. */
export function CollapseDialog() {
  const { t } = useTranslation();
  const editor = useEditor();
  const selection = useSelection();
  const document = useDraft((draft) => draft.document);
  const { collapse } = useSubflowActions();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const close = () => editor.ask(null);
  const ids = useMemo(() => new Set([...selection].filter((key) => nodesOf(document).has(key))), [selection, document]);
  const preview = useMemo(() => {
    try {
      const made = collapseToSubflow(document, ids, { id: idFrom(name || 'subflow'), name, catalogue: nodeCatalogue });
      return { inputs: made.inputs, outcomes: made.outcomes };
    } catch (error) {
      if (!isCallwrightError(error)) throw error;
      return error.message;
    }
  }, [document, ids, name]);
  const refused = typeof preview === 'string' ? preview : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    collapse(name.trim()).then(close, (error: unknown) => {
      setBusy(false);
      setProblem(describe(error));
    });
  };
  return (
    <Modal opened onClose={close} title={t('Make a subflow of {{count}} nodes', { count: ids.size })}>
      <form onSubmit={submit}>
        <Stack>
          {refused !== null ? (
            <Alert color="orange" title={t('These nodes cannot be a subflow')}>
              {refused}
            </Alert>
          ) : (
            <TextInput
              data-autofocus
              label={t('Name')}
              description={t('The part becomes a scenario of its own, which other scenarios can run as well.')}
              required
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          {typeof preview !== 'string' && (
            <Text size="sm" c="dimmed">
              {preview.inputs.length > 0
                ? t('It is given {{inputs}}.', { inputs: preview.inputs.join(', ') })
                : t('It needs nothing from this scenario.')}{' '}
              {preview.outcomes.length > 0
                ? t('Its outcomes are {{outcomes}}.', { outcomes: preview.outcomes.join(', ') })
                : t('The call ends in it.')}
            </Text>
          )}
          {problem !== null && <Alert color="red">{problem}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={refused !== null || name.trim() === ''}>
              {t('Make the subflow')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
