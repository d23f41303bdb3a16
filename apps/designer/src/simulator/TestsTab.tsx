import { ActionIcon, Button, FileButton, Menu, Progress, Switch } from '@mantine/core';
import { IconDots, IconDownload, IconFlask, IconPlayerPlay, IconUpload, IconWand } from '@tabler/icons-react';
import type { ScenarioTest } from '@callwright/runtime/rehearsal';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { post, remove } from '../api/client.js';
import { queries, testsKey } from '../api/queries.js';
import type { Scenario } from '../api/types.js';
import { useDraft, useEditor, useFindings } from '../editor/EditorContext.js';
import { downloadText } from '../ui/download.js';
import { Empty } from '../ui/Empty.js';
import { notify } from '../ui/notify.js';
import { Problem } from '../ui/Problem.js';
import { missingTests, runTests, testFileOf, testsOfFile } from './scenarioTests.js';
import { TestRow } from './TestRow.js';
import { useTryIt } from './useTryIt.js';
import classes from './Tests.module.css';

/** The tests of the scenario: run all, see what they exercise, make those that are missing. */
export function TestsTab({ scenario }: { scenario: Scenario }) {
  const { t } = useTranslation();
  const { surroundings, results, setResults, painted, setPainted, tryOut } = useTryIt();
  const { mayEdit } = useEditor();
  const client = useQueryClient();
  const document = useDraft((draft) => draft.document);
  const errors = useFindings().some(({ severity }) => severity === 'error');
  const stored = useQuery(queries.scenarioTests(scenario.id));
  const items = [...(stored.data ?? [])].reverse();
  const reread = () => client.invalidateQueries({ queryKey: testsKey(scenario.id) });
  const run = async (tests: readonly ScenarioTest[]) => {
    // The way of a call that was tried would hide what the tests exercise.
    tryOut.reset();
    setResults(await runTests(document, tests, await surroundings(document)));
  };
  const all = items.map(({ test }) => test);
  const runAll = useMutation({
    mutationFn: () => run(all),
    onError: (error) => notify.failed(t('The tests could not run'), error),
  });
  const keep = async (tests: readonly ScenarioTest[]) => {
    for (const test of tests) await post(`/scenarios/${scenario.id}/tests`, test);
    await reread();
  };
  const make = useMutation({
    mutationFn: async () => {
      const around = await surroundings(document);
      const now = await runTests(document, all, around);
      const { tests, unreached } = await missingTests(document, now.coverage.covered, around);
      const names = new Set(all.map(({ name }) => name));
      await keep(tests.map((test) => ({ ...test, name: freeName(test.name, names) })));
      const after = await client.fetchQuery({ ...queries.scenarioTests(scenario.id), staleTime: 0 });
      await run([...after].reverse().map(({ test }) => test));
      return { made: tests.length, unreached };
    },
    onSuccess: ({ made, unreached }) => {
      notify.done(
        unreached.length === 0
          ? t('{{count}} tests were made: every wire is exercised.', { count: made })
          : t('{{count}} tests were made. Nothing leads to: {{wires}}', { count: made, wires: unreached.join(', ') }),
      );
    },
    onError: (error) => notify.failed(t('The tests could not be made'), error),
  });
  const bring = useMutation({
    mutationFn: async (file: File | null) => {
      if (file) await keep(testsOfFile(await file.text()));
    },
    onError: (error) => notify.failed(t('The file could not be read'), error),
  });
  const drop = useMutation({
    mutationFn: (id: string) => remove(`/scenarios/${scenario.id}/tests/${id}`),
    onSettled: reread,
    onError: (error) => notify.failed(t('The test was not removed'), error),
  });
  const current = results?.document === document ? results : null;
  const wires = current?.coverage.wires.length ?? 0;
  const covered = current?.coverage.covered.size ?? 0;
  const failed = current ? [...current.reports.values()].filter(({ passed }) => !passed).length : 0;
  return (
    <div className={classes.tests} data-testid="tests">
      <div className={classes.tools}>
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={15} />}
          disabled={all.length === 0 || errors}
          loading={runAll.isPending}
          onClick={() => runAll.mutate()}
        >
          {t('Run all')}
        </Button>
        {mayEdit && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconWand size={15} />}
            disabled={errors}
            loading={make.isPending}
            onClick={() => make.mutate()}
          >
            {t('Make missing tests')}
          </Button>
        )}
        <span className={classes.space} />
        <Menu width={220}>
          <Menu.Target>
            <ActionIcon aria-label={t('More')}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDownload size={16} />}
              disabled={all.length === 0}
              onClick={() => downloadText(`${document.id}.test.json`, testFileOf(document, all), 'application/json')}
            >
              {t('Export as a test file')}
            </Menu.Item>
            {mayEdit && (
              <FileButton accept=".json,application/json" onChange={(file) => bring.mutate(file)}>
                {(props) => (
                  <Menu.Item leftSection={<IconUpload size={16} />} closeMenuOnClick={false} {...props}>
                    {t('Import a test file…')}
                  </Menu.Item>
                )}
              </FileButton>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {current && (
        <div className={classes.coverage} data-testid="coverage">
          <div className={classes.figures}>
            <b>{t('{{covered}} of {{wires}} wires', { covered, wires })}</b>
            <span data-failed={failed > 0 || undefined}>
              {failed === 0
                ? t('{{count}} tests pass', { count: current.reports.size })
                : t('{{count}} tests fail', { count: failed })}
            </span>
          </div>
          <Progress
            value={wires === 0 ? 100 : (covered / wires) * 100}
            color={failed > 0 ? 'red' : 'exchange'}
            size="sm"
            aria-label={t('Coverage')}
          />
          <Switch
            size="xs"
            label={t('Paint it on the drawing')}
            checked={painted}
            onChange={(event) => setPainted(event.currentTarget.checked)}
          />
        </div>
      )}
      {stored.error && <Problem error={stored.error} onRetry={() => void stored.refetch()} />}
      {stored.data && items.length === 0 && (
        <Empty icon={IconFlask} title={t('No tests yet')}>
          {t(
            'Try a call and save it as a test, or let the missing tests be made: one for every way through the drawing.',
          )}
        </Empty>
      )}
      <ul className={classes.list}>
        {items.map(({ id, test }) => (
          <TestRow
            key={id}
            test={test}
            report={current?.reports.get(test.name) ?? null}
            onRemove={mayEdit ? () => drop.mutate(id) : null}
          />
        ))}
      </ul>
    </div>
  );
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name} (${count})`;
  taken.add(free);
  return free;
}
