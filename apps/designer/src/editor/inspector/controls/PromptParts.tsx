import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconGripVertical,
  IconMessage,
  IconMusic,
  IconPlus,
  IconVolumeOff,
  IconWaveSine,
  IconX,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { msg } from '../../../i18n/i18n.js';
import type { FieldErrors } from './control.js';
import { PartValue } from './PartValue.js';
import { PromptPreview } from './PromptPreview.js';
import classes from './PromptParts.module.css';

export type PromptPart =
  { readonly say: string } | { readonly play: string } | { readonly tone: string } | { readonly silence: number };

const kinds = [
  { kind: 'say', title: msg('Say a text'), icon: IconMessage, fresh: { say: '' } },
  { kind: 'play', title: msg('Play a recording'), icon: IconMusic, fresh: { play: '' } },
  { kind: 'tone', title: msg('A tone'), icon: IconWaveSine, fresh: { tone: 'beep' } },
  { kind: 'silence', title: msg('Silence'), icon: IconVolumeOff, fresh: { silence: 500 } },
] as const;
const kindOf = (part: PromptPart) => kinds.find((candidate) => candidate.kind in part) ?? kinds[0];

export interface PromptPartsProps {
  readonly title: string;
  readonly parts: readonly PromptPart[];
  /** By the path within the prompt: `0.say`. */
  readonly errors: FieldErrors;
  readonly onChange: (parts: readonly PromptPart[]) => void;
}

/** The parts of one prompt: text, recordings, tones and pauses, in their order, which a hand changes. The whole of it can be heard. */
export function PromptParts({ title, parts, errors, onChange }: PromptPartsProps) {
  const { t } = useTranslation();
  const { ids, moved, removed, added } = useStableIds(parts.length);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const replace = (at: number, part: PromptPart) => onChange(parts.map((old, index) => (index === at ? part : old)));
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const [from, to] = [ids.indexOf(String(active.id)), ids.indexOf(String(over.id))];
    moved(from, to);
    onChange(arrayMove([...parts], from, to));
  };
  return (
    <div className={classes.parts}>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd}>
        <SortableContext items={ids as string[]} strategy={verticalListSortingStrategy}>
          {parts.map((part, index) => (
            <Part
              key={ids[index]}
              id={ids[index]!}
              index={index}
              title={title}
              part={part}
              movable={parts.length > 1}
              error={errorIn(errors, index)}
              onChange={(next) => replace(index, next)}
              onRemove={() => {
                removed(index);
                onChange(parts.filter((_, at) => at !== index));
              }}
            />
          ))}
        </SortableContext>
      </DndContext>
      <div className={classes.foot}>
        <Menu position="bottom-start" width={190}>
          <Menu.Target>
            <button
              type="button"
              className={classes.add}
              aria-label={
                parts.length === 0
                  ? t('Add what is heard: {{title}}', { title })
                  : t('Add a part: {{title}}', { title })
              }
            >
              <IconPlus size={14} aria-hidden /> {parts.length === 0 ? t('Add what is heard') : t('Add a part')}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {kinds.map(({ kind, title: text, icon: Icon, fresh }) => (
              <Menu.Item
                key={kind}
                leftSection={<Icon size={16} />}
                onClick={() => {
                  added();
                  onChange([...parts, fresh]);
                }}
              >
                {t(text)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {parts.length > 0 && <PromptPreview title={title} parts={parts} />}
      </div>
    </div>
  );
}

function Part({
  id,
  index,
  title,
  part,
  movable,
  error,
  onChange,
  onRemove,
}: {
  id: string;
  index: number;
  title: string;
  part: PromptPart;
  movable: boolean;
  error: string | null;
  onChange: (part: PromptPart) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const kind = kindOf(part);
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  });
  return (
    <div
      ref={setNodeRef}
      className={classes.part}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      role="group"
      aria-label={t('{{title}}, part {{number}}: {{kind}}', { title, number: index + 1, kind: t(kind.title) })}
    >
      <div className={classes.kind}>
        <Tooltip label={t(kind.title)}>
          <kind.icon size={16} aria-hidden />
        </Tooltip>
        {movable && (
          <button
            type="button"
            ref={setActivatorNodeRef}
            className={classes.grip}
            {...attributes}
            {...listeners}
            aria-label={t('Move part {{number}} of {{title}}', { number: index + 1, title })}
          >
            <IconGripVertical size={14} />
          </button>
        )}
      </div>
      <div className={classes.value}>
        <PartValue part={part} title={title} error={error} onChange={onChange} />
      </div>
      <ActionIcon size="sm" aria-label={t('Remove the part')} onClick={onRemove}>
        <IconX size={13} />
      </ActionIcon>
    </div>
  );
}

const errorIn = (errors: FieldErrors, index: number): string | null =>
  Object.entries(errors)
    .filter(([path]) => path === String(index) || path.startsWith(`${index}.`))
    .map(([, message]) => message)
    .join(' ') || null;

let count = 0;
const freshId = () => `part-${++count}`;

/** The parts have no ids of their own; what is dragged needs one that stays with it. */
function useStableIds(length: number) {
  const ids = useRef<string[]>([]);
  while (ids.current.length < length) ids.current.push(freshId());
  ids.current.length = length;
  return {
    ids: ids.current as readonly string[],
    moved: (from: number, to: number) => (ids.current = arrayMove(ids.current, from, to)),
    removed: (at: number) => ids.current.splice(at, 1),
    added: () => ids.current.push(freshId()),
  };
}
