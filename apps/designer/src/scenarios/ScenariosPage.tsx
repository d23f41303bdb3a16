import { ActionIcon, Badge, Button, Menu, Skeleton, Table, TextInput, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  IconCopy,
  IconDots,
  IconFingerprint,
  IconPlus,
  IconRoute,
  IconSearch,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { readScenario } from '@callwright/scenario';
import { get, post, remove } from '../api/client.js';
import { queries, useMay } from '../api/queries.js';
import type { NumberBinding, Scenario, ScenarioSummary } from '../api/types.js';
import { dropBuffer } from '../editor/buffer.js';
import { Ago } from '../ui/Ago.js';
import { useConfirm } from '../ui/confirm.js';
import { Empty } from '../ui/Empty.js';
import { notify } from '../ui/notify.js';
import { useErase } from '../uses/useErase.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { CreateScenario } from './CreateScenario.js';
import { copyOf } from './copyOf.js';
import { FirstSteps } from './FirstSteps.js';

/** Everything that was drawn. */
export function ScenariosPage() {
  const { t } = useTranslation();
  const mayEdit = useMay('editor');
  const mayAudit = useMay('admin');
  const client = useQueryClient();
  const navigate = useNavigate();
  const scenarios = useQuery(queries.scenarios());
  const numbers = useQuery(queries.numbers());
  const [search, setSearch] = useState('');
  const [creating, setCreating] = useState(false);
  const { ask, dialog } = useConfirm();
  const file = useRef<HTMLInputElement>(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['scenarios'] });

  const duplicate = useMutation({
    mutationFn: async ({ id }: ScenarioSummary) => {
      const original = await get<Scenario>(`/scenarios/${id}`);
      return post<Scenario>('/scenarios', copyOf(original));
    },
    onSuccess: async (copy) => {
      await refresh();
      notify.done(t('{{what}} is ready.', { what: copy.name }));
    },
    onError: (error) => notify.failed(t('The scenario was not duplicated'), error),
  });
  const importFile = useMutation({
    mutationFn: async (chosen: File) => {
      const document = readScenario(await chosen.text());
      return post<Scenario>('/scenarios', {
        name: (document.meta as { name?: string } | undefined)?.name ?? document.id,
        document,
      });
    },
    onSuccess: async ({ id }) => {
      await refresh();
      await navigate(`/scenarios/${id}`);
    },
    onError: (error) => notify.failed(t('The file was not imported'), error),
  });
  const { erase, dialog: neededDialog } = useErase(async (id) => {
    await remove(`/scenarios/${id}`);
    await dropBuffer(id).catch(() => undefined);
    await refresh();
  }, false);

  const shown = (scenarios.data ?? []).filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  const none = scenarios.data?.length === 0;
  const actions = mayEdit && (
    <>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        hidden
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          if (chosen) importFile.mutate(chosen);
          event.currentTarget.value = '';
        }}
      />
      <Button
        variant="default"
        leftSection={<IconUpload size={16} />}
        loading={importFile.isPending}
        onClick={() => file.current?.click()}
      >
        {t('Import')}
      </Button>
      <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
        {t('New scenario')}
      </Button>
    </>
  );
  return (
    <Page
      title={t('Scenarios')}
      intro={t(
        'What a caller hears, may press and where the call goes: drawn, published as versions, deployed to numbers.',
      )}
      actions={actions}
    >
      {scenarios.error && <Problem error={scenarios.error} onRetry={() => void scenarios.refetch()} />}
      <FirstSteps />
      {none ? (
        <Sheet>
          <Empty
            icon={IconRoute}
            title={t('Draw your first scenario')}
            action={
              mayEdit && (
                <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
                  {t('New scenario')}
                </Button>
              )
            }
          >
            {t(
              'Begin with one that answers and offers a menu, or with an empty canvas. Nothing is heard by anybody until you publish it and deploy it to a number.',
            )}
          </Empty>
        </Sheet>
      ) : (
        <>
          <TextInput
            placeholder={t('Search scenarios')}
            aria-label={t('Search scenarios')}
            leftSection={<IconSearch size={15} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            maw={320}
            mb="md"
          />
          <Sheet label={t('List of scenarios')}>
            {scenarios.isPending ? (
              <Waiting />
            ) : (
              <Table highlightOnHover>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('Name')}</Table.Th>
                    <Table.Th>{t('Version')}</Table.Th>
                    <Table.Th>{t('Numbers')}</Table.Th>
                    <Table.Th>{t('Changed')}</Table.Th>
                    <Table.Th w={48}>
                      <VisuallyHidden>{t('Actions')}</VisuallyHidden>
                    </Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {shown.map((scenario) => (
                    <Table.Tr key={scenario.id}>
                      <Table.Td>
                        <Link to={`/scenarios/${scenario.id}`} className="row-link">
                          {scenario.name}
                        </Link>
                      </Table.Td>
                      <Table.Td>
                        {scenario.latestVersion === null ? (
                          <Badge variant="light" color="gray">
                            {t('draft')}
                          </Badge>
                        ) : (
                          <Badge variant="light">v{scenario.latestVersion}</Badge>
                        )}
                      </Table.Td>
                      <Table.Td className="tabular">{numbersOf(scenario.id, numbers.data)}</Table.Td>
                      <Table.Td c="dimmed">
                        <Ago at={scenario.updatedAt} />
                      </Table.Td>
                      <Table.Td>
                        {mayEdit && (
                          <Menu width={170}>
                            <Menu.Target>
                              <ActionIcon aria-label={t('Actions for {{what}}', { what: scenario.name })}>
                                <IconDots size={17} />
                              </ActionIcon>
                            </Menu.Target>
                            <Menu.Dropdown>
                              <Menu.Item
                                leftSection={<IconCopy size={16} />}
                                onClick={() => duplicate.mutate(scenario)}
                              >
                                {t('Duplicate')}
                              </Menu.Item>
                              {mayAudit && (
                                <Menu.Item
                                  component={Link}
                                  to={`/audit?target=${scenario.id}`}
                                  leftSection={<IconFingerprint size={16} />}
                                >
                                  {t('Who changed it')}
                                </Menu.Item>
                              )}
                              <Menu.Item
                                leftSection={<IconTrash size={16} />}
                                color="red"
                                onClick={() =>
                                  ask({
                                    title: t('Delete {{what}}?', { what: scenario.name }),
                                    text: t(
                                      'Its draft and all its versions go. Calls that were made stay in the history.',
                                    ),
                                    verb: t('Delete'),
                                    onYes: () => erase(scenario),
                                  })
                                }
                              >
                                {t('Delete')}
                              </Menu.Item>
                            </Menu.Dropdown>
                          </Menu>
                        )}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                  {shown.length === 0 && (
                    <Table.Tr>
                      <Table.Td colSpan={5} c="dimmed">
                        {t('No scenario has “{{search}}” in its name.', { search })}
                      </Table.Td>
                    </Table.Tr>
                  )}
                </Table.Tbody>
              </Table>
            )}
          </Sheet>
        </>
      )}
      <CreateScenario opened={creating} onClose={() => setCreating(false)} />
      {dialog}
      {neededDialog}
    </Page>
  );
}

const numbersOf = (id: string, numbers: readonly NumberBinding[] | undefined): string =>
  (numbers ?? [])
    .filter(({ scenarioId }) => scenarioId === id)
    .map(({ pattern }) => pattern)
    .join(', ') || '—';

function Waiting() {
  return (
    <div style={{ padding: 16 }}>
      {[0, 1, 2].map((row) => (
        <Skeleton key={row} height={18} my={14} />
      ))}
    </div>
  );
}
