import { ActionIcon, ColorSwatch, Divider, Menu } from '@mantine/core';
import {
  IconBoxAlignLeft,
  IconBoxMargin,
  IconCopy,
  IconHierarchy2,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconPalette,
  IconSchema,
  IconTrash,
} from '@tabler/icons-react';
import { ANNOTATION_COLORS, groupsOf, nodesOf, notesOf, type Group } from '@callwright/scenario';
import { NodeToolbar, Position } from '@xyflow/react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { msg } from '../../i18n/i18n.js';
import { useDraft, useEditor, useSelection } from '../EditorContext.js';
import { groupIdOf, noteIdOf } from '../model/annotations.js';
import type { Alignment, Axis } from '../model/align.js';
import { useExtents } from './useExtents.js';
import bar from './bar.module.css';
import { Tool } from './Tool.js';
import classes from './SelectionBar.module.css';
import { arrangeOrSay } from '../arrangeOrSay.js';

const COLOR_NAMES: Readonly<Record<Group['color'], string>> = {
  yellow: msg('Yellow'),
  green: msg('Green'),
  blue: msg('Blue'),
  violet: msg('Violet'),
  red: msg('Red'),
  gray: msg('Grey'),
};

/** React Flow puts it as deep as what it belongs to, and notes lie behind everything. */
const ABOVE = { zIndex: 1_100 };

/** What can be done with several nodes, with a note or a group, right above them. */
export function SelectionBar() {
  const { t } = useTranslation();
  const editor = useEditor();
  const selection = useSelection();
  const document = useDraft((draft) => draft.document);
  const nodes = nodesOf(document);
  const chosen = [...selection].filter((id) => nodes.has(id));
  const notes = [...selection].flatMap((key) => noteIdOf(key) ?? []);
  const groups = [...selection].flatMap((key) => groupIdOf(key) ?? []);
  const annotations = notes.length + groups.length;
  if (!editor.mayEdit || (chosen.length < 2 && annotations === 0)) return null;
  const colored =
    notes.length > 0 ? notesOf(document).get(notes[0]!)?.color : groupsOf(document).get(groups[0] ?? '')?.color;
  const paint = (color: Group['color']) => {
    for (const id of notes) editor.setNote(id, { color });
    for (const id of groups) editor.setGroup(id, { color });
  };
  return (
    <NodeToolbar nodeId={[...selection]} isVisible position={Position.Top} offset={14} style={ABOVE}>
      <div role="toolbar" aria-label={t('Selection')} className={`${bar.bar} ${classes.tools}`}>
        {annotations > 0 && (
          <Menu position="top">
            <Menu.Target>
              <ActionIcon aria-label={t('Colour')}>
                <IconPalette size={17} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown className={classes.colors}>
              {ANNOTATION_COLORS.map((color) => (
                <Menu.Item key={color} aria-label={t(COLOR_NAMES[color])} onClick={() => paint(color)} p={5}>
                  <ColorSwatch size={18} color={`var(--note-${color})`} data-chosen={color === colored || undefined} />
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {chosen.length > 1 && (
          <>
            <AlignMenu chosen={chosen} />
            <Tool title={t('Arrange the selection')} icon={IconSchema} run={() => arrangeOrSay(editor)} />
            <Divider orientation="vertical" />
            {groups.length === 0 ? (
              <Tool title={t('Group')} icon={IconBoxMargin} run={() => editor.group()} />
            ) : (
              <Tool title={t('Ungroup')} icon={IconBoxAlignLeft} run={() => editor.ungroup()} />
            )}
            <Tool title={t('Make a subflow…')} icon={IconHierarchy2} run={() => editor.ask({ kind: 'collapse' })} />
            <Divider orientation="vertical" />
          </>
        )}
        <Tool title={t('Duplicate')} icon={IconCopy} run={() => editor.duplicate()} />
        <Tool title={t('Delete')} icon={IconTrash} run={() => editor.removeSelection()} />
      </div>
    </NodeToolbar>
  );
}

function AlignMenu({ chosen }: { chosen: readonly string[] }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const extentsOf = useExtents();
  const alignments: readonly (readonly [Alignment, string, ComponentType<{ size: number }>])[] = [
    ['left', t('Align left'), IconLayoutAlignLeft],
    ['center', t('Align centres'), IconLayoutAlignCenter],
    ['right', t('Align right'), IconLayoutAlignRight],
    ['top', t('Align top'), IconLayoutAlignTop],
    ['middle', t('Align middles'), IconLayoutAlignMiddle],
    ['bottom', t('Align bottom'), IconLayoutAlignBottom],
  ];
  const distributions: readonly (readonly [Axis, string, ComponentType<{ size: number }>])[] = [
    ['horizontally', t('Distribute horizontally'), IconLayoutDistributeVertical],
    ['vertically', t('Distribute vertically'), IconLayoutDistributeHorizontal],
  ];
  return (
    <Menu position="top" width={220}>
      <Menu.Target>
        <ActionIcon aria-label={t('Align and distribute')}>
          <IconLayoutAlignLeft size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {alignments.map(([how, title, Icon]) => (
          <Menu.Item key={how} leftSection={<Icon size={16} />} onClick={() => editor.align(extentsOf(chosen), how)}>
            {title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {distributions.map(([axis, title, Icon]) => (
          <Menu.Item
            key={axis}
            disabled={chosen.length < 3}
            leftSection={<Icon size={16} />}
            onClick={() => editor.distribute(extentsOf(chosen), axis)}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
