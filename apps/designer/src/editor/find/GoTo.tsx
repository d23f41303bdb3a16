import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NodeIcon } from '../canvas/NodeIcon.js';
import { Picker } from '../canvas/Picker.js';
import { useDraft, useEditor } from '../EditorContext.js';
import { nodesByName } from '../model/find.js';

const MOST = 50;

/** A jump to a node by a few letters of its name. */
export function GoTo() {
  const { t } = useTranslation();
  const editor = useEditor();
  const document = useDraft((draft) => draft.document);
  const [query, setQuery] = useState('');
  const items = nodesByName(document, query)
    .slice(0, MOST)
    .map(({ id, title, type }) => ({ key: id, title, hint: id, icon: <NodeIcon type={type} size={24} /> }));
  return (
    <Picker
      label={t('Go to a node')}
      placeholder={t('Go to a node')}
      query={query}
      onQuery={setQuery}
      sections={[{ items }]}
      none={t('No node matches “{{query}}”.', { query })}
      onChoose={(id) => {
        editor.ask(null);
        editor.select([id], true, true);
      }}
      onClose={() => editor.ask(null)}
    />
  );
}
