import { Avatar, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useEditor } from '../EditorContext.js';
import { hueOf, initialsOf, othersOf, type Presence } from './openPresence.js';
import classes from './Others.module.css';

const MOST_SHOWN = 4;

/** The others who have this scenario open; a click goes to what one of them has selected. */
export function Others({ presence }: { presence: Presence }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const others = othersOf(useStore(presence.store));
  if (others.length === 0) return null;
  const more = others.slice(MOST_SHOWN);
  return (
    <div className={classes.others} role="group" aria-label={t('Others who have this scenario open')}>
      {others.slice(0, MOST_SHOWN).map(({ name, selection, mayEdit }) => {
        const does =
          selection.length > 0
            ? t('{{name}} is at {{nodes}}', { name, nodes: selection.slice(0, 3).join(', ') })
            : mayEdit
              ? t('{{name}} has this scenario open', { name })
              : t('{{name}} looks on', { name });
        return (
          <Tooltip key={name} label={does}>
            <button
              type="button"
              className={classes.person}
              aria-label={does}
              onClick={() => selection.length > 0 && editor.select(selection, true)}
            >
              <Avatar size={28} radius="xl" color={hueOf(name)} variant="filled" className={classes.avatar}>
                {initialsOf(name)}
              </Avatar>
            </button>
          </Tooltip>
        );
      })}
      {more.length > 0 && (
        <Tooltip label={more.map(({ name }) => name).join(', ')}>
          <Avatar size={28} radius="xl" className={classes.avatar} aria-label={more.map(({ name }) => name).join(', ')}>
            +{more.length}
          </Avatar>
        </Tooltip>
      )}
    </div>
  );
}
