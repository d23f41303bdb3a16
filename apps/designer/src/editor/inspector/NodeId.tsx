import { TextInput } from '@mantine/core';
import { NODE_ID, type ScenarioNode } from '@callwright/scenario';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft, useEditor } from '../EditorContext.js';
import classes from './Inspector.module.css';

export function NodeId({ node }: { node: ScenarioNode }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const taken = useDraft((draft) => draft.document.states);
  const [id, setId] = useState(node.id);
  const wrong = NODE_ID.test(id)
    ? id !== node.id && id in taken
      ? t('Another node has this id.')
      : null
    : t('Small letters, digits and _, beginning with a letter.');
  const rename = () => {
    if (id !== node.id && wrong === null) editor.rename(node.id, id);
  };
  return (
    <div className={classes.section}>
      <TextInput
        label={t('Node id')}
        size="xs"
        description={t('Expressions read its output as {{path}}', { path: `steps.${node.id}` })}
        value={id}
        error={wrong}
        disabled={!editor.mayEdit}
        classNames={{ input: 'mono' }}
        onChange={(event) => setId(event.currentTarget.value)}
        onBlur={rename}
        onKeyDown={(event) => event.key === 'Enter' && rename()}
      />
    </div>
  );
}
