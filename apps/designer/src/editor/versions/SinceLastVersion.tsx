import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { differencesOf, thatMatter } from '@callwright/scenario';
import { queries } from '../../api/queries.js';
import { changesOf } from '../compare/comparison.js';
import type { OpenDraft } from '../openDraft.js';

/** How much the draft differs from the version that is published, with the way to see it. Nothing before the first version. */
export function SinceLastVersion({ open, onLook }: { open: OpenDraft; onLook: () => void }) {
  const { t } = useTranslation();
  const draft = useStore(open.draft, (state) => state.document);
  const versions = useQuery(queries.versions(open.scenario.id));
  const version = versions.data?.[0]?.version ?? null;
  const latest = useQuery({ ...queries.versionOf(open.scenario.id, version ?? 0), enabled: version !== null });
  const changes = useMemo(
    () => (latest.data ? changesOf(thatMatter(differencesOf(latest.data.document, draft))) : null),
    [latest.data, draft],
  );
  if (version === null || changes === null) return null;
  if (changes.length === 0)
    return (
      <Text size="sm" c="orange">
        {t('A caller will notice no difference from version {{version}}.', { version })}
      </Text>
    );
  return (
    <Text size="sm">
      {t('{{count}} things changed since version {{version}}.', { count: changes.length, version })}{' '}
      <Anchor component="button" type="button" inherit underline="always" onClick={onLook}>
        {t('Look at them')}
      </Anchor>
    </Text>
  );
}
