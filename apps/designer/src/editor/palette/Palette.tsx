import { TextInput, Tooltip } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { msg } from '../../i18n/i18n.js';
import { useLibraryText } from '../../i18n/libraryText.js';
import { useEditor } from '../EditorContext.js';
import { NodeIcon } from '../canvas/NodeIcon.js';
import { searchCatalogue } from '../model/search.js';
import classes from './Palette.module.css';

/** The type of a node on its way from the palette to the canvas. */
export const NODE_TYPE_DRAG = 'application/x-callwright-node';

const groupTitles: Record<string, string> = {
  call: msg('Call'),
  prompts: msg('Prompts'),
  input: msg('Caller input'),
  connect: msg('Connect people'),
  fax: msg('Fax'),
  logic: msg('Logic'),
  data: msg('Data'),
};

/** Every node type, grouped by what it is for. Drag one onto the canvas or onto a wire, or press Enter to put it behind the selected node. */
export function Palette() {
  const { t } = useTranslation();
  const said = useLibraryText();
  const editor = useEditor();
  const [query, setQuery] = useState('');
  const found = searchCatalogue(query, said);
  const groups = Object.keys(groupTitles).filter((group) => found.some((definition) => definition.group === group));
  return (
    <div className={classes.palette}>
      <div className={classes.search}>
        <TextInput
          placeholder={t('Search nodes')}
          aria-label={t('Search nodes')}
          leftSection={<IconSearch size={15} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group} aria-label={t(groupTitles[group]!)}>
            <h2 className={classes.groupTitle}>{t(groupTitles[group]!)}</h2>
            {found
              .filter((definition) => definition.group === group)
              .map((definition) => (
                <Tooltip key={definition.type} label={said(definition.summary)} position="right" multiline maw={240}>
                  <button
                    type="button"
                    className={classes.item}
                    draggable={editor.mayEdit}
                    disabled={!editor.mayEdit}
                    data-testid={`palette-${definition.type}`}
                    onDragStart={(event) => {
                      event.dataTransfer.setData(NODE_TYPE_DRAG, definition.type);
                      event.dataTransfer.effectAllowed = 'copy';
                    }}
                    onClick={() => editor.addBehindSelection(definition.type)}
                  >
                    <NodeIcon type={definition.type} size={24} />
                    <span>{said(definition.title)}</span>
                  </button>
                </Tooltip>
              ))}
          </section>
        ))}
        {groups.length === 0 && <p className={classes.none}>{t('No node type matches “{{query}}”.', { query })}</p>}
      </div>
    </div>
  );
}
