import type { NodeProps } from '@xyflow/react';
import { memo, use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorContext } from '../EditorContext.js';
import { groupKey } from '../model/annotations.js';
import type { GroupNode } from '../model/flow.js';
import classes from './GroupFrame.module.css';

/** The frame around nodes that belong together. Taking hold of it takes hold of all of them. */
export const GroupFrame = memo(function GroupFrame({ data, selected }: NodeProps<GroupNode>) {
  const { t } = useTranslation();
  const editor = use(EditorContext);
  const { id, group } = data;
  const [naming, setNaming] = useState(false);
  const hold = () => editor?.select([groupKey(id), ...group.nodes]);
  return (
    <div
      className={classes.frame}
      data-color={group.color}
      data-selected={selected || undefined}
      data-testid={`group-${id}`}
      onPointerDown={(event) => {
        if (event.button === 0 && !event.shiftKey && !event.ctrlKey && !event.metaKey) hold();
      }}
    >
      {naming || (selected && editor?.mayEdit) ? (
        <input
          className={`${classes.title} nodrag`}
          aria-label={t('Name of the group')}
          placeholder={t('Name the group')}
          value={group.title}
          maxLength={200}
          onFocus={() => setNaming(true)}
          onBlur={() => setNaming(false)}
          onPointerDown={(event) => event.stopPropagation()}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
          }}
          onChange={(event) => editor?.setGroup(id, { title: event.currentTarget.value })}
        />
      ) : (
        <div className={classes.title}>{group.title || t('Group')}</div>
      )}
    </div>
  );
});
