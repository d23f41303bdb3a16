import { FAILED, nodesOf } from '@callwright/scenario';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft, useEditor, useSubflows } from '../EditorContext.js';
import { outcomesOf } from '../model/flow.js';
import { Picker } from './Picker.js';

/** Which outcome of a node is to be led somewhere: wiring by keyboard. */
export function OutcomePick({ node: id }: { node: string }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const subflows = useSubflows();
  const node = useDraft((draft) => nodesOf(draft.document).get(id));
  const [query, setQuery] = useState('');
  if (!node) return null;
  const { outcomes, failedTarget } = outcomesOf(node, subflows);
  const all = [...outcomes.map(({ name, target }) => ({ name, target })), { name: FAILED, target: failedTarget }];
  const wanted = query.trim().toLowerCase();
  return (
    <Picker
      label={t('Which outcome of {{node}}', { node: node.label ?? id })}
      placeholder={t('Which outcome?')}
      query={query}
      onQuery={setQuery}
      sections={[
        {
          items: all
            .filter(({ name }) => name.toLowerCase().includes(wanted))
            .map(({ name, target }) => ({
              key: name,
              title: name,
              hint: target === null ? t('leads nowhere yet') : t('leads to {{target}}', { target }),
              icon: <IconArrowRight size={15} />,
            })),
        },
      ]}
      none={t('No outcome matches “{{query}}”.', { query })}
      onChoose={(outcome) => editor.ask({ kind: 'add', from: { node: id, outcome }, behind: true })}
      onClose={() => {
        editor.ask(null);
        editor.select([id], false, true);
      }}
    />
  );
}
