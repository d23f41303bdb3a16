import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import type { CanvasPlace } from '@callwright/scenario';
import classes from './Picker.module.css';

export interface PickerItem {
  readonly key: string;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
}
export interface PickerSection {
  readonly title?: string;
  readonly items: readonly PickerItem[];
}

/** A search field with what it finds, over the canvas: type two letters, Enter. `at`: in px of the window; without it, above in the middle. */
export function Picker({
  label,
  placeholder,
  query,
  onQuery,
  sections,
  none,
  at,
  onChoose,
  onClose,
}: {
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  sections: readonly PickerSection[];
  none: string;
  at?: CanvasPlace | undefined;
  onChoose: (key: string) => void;
  onClose: () => void;
}) {
  const store = useCombobox({ opened: true });
  const box = useClickOutside<HTMLDivElement>(onClose);
  const filled = sections.filter(({ items }) => items.length > 0);
  const first = filled[0]?.items[0]?.key;
  const { selectFirstOption } = store;
  useEffect(() => void selectFirstOption(), [query, first, selectFirstOption]);
  const style = at
    ? {
        left: Math.max(8, Math.min(at.x, window.innerWidth - 336)),
        top: Math.max(8, Math.min(at.y, window.innerHeight - 420)),
      }
    : undefined;
  return (
    <div
      ref={box}
      className={classes.box}
      data-above={at === undefined || undefined}
      style={style}
      role="dialog"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <Combobox store={store} onOptionSubmit={onChoose}>
        <Combobox.EventsTarget>
          <TextInput
            data-autofocus
            autoFocus
            placeholder={placeholder}
            aria-label={label}
            leftSection={<IconSearch size={15} />}
            value={query}
            onChange={(event) => onQuery(event.currentTarget.value)}
          />
        </Combobox.EventsTarget>
        <Combobox.Options className={classes.list} aria-label={label}>
          {filled.map(({ title, items }, index) => (
            <Combobox.Group key={title ?? index} label={title}>
              {items.map(({ key, title: name, hint, icon }) => (
                <Combobox.Option key={key} value={key} className={classes.option}>
                  {icon}
                  <span className={classes.names}>
                    <span className={classes.title}>{name}</span>
                    {hint !== undefined && <span className={classes.hint}>{hint}</span>}
                  </span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {filled.length === 0 && <Combobox.Empty>{none}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox>
    </div>
  );
}
