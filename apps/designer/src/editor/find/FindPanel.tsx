import { ActionIcon, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NodeIcon } from '../canvas/NodeIcon.js';
import { useDraft, useEditor } from '../EditorContext.js';
import { find, type Found } from '../model/find.js';
import classes from './FindPanel.module.css';

/** Finds a text in everything that a scenario holds; Enter goes from one place to the next. */
export function FindPanel() {
  const { t } = useTranslation();
  const editor = useEditor();
  const document = useDraft((draft) => draft.document);
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState<number | null>(null);
  const wanted = useDeferredValue(query);
  const found = useMemo(() => find(document, wanted), [document, wanted]);
  const list = useRef<HTMLUListElement>(null);
  const go = (to: number) => {
    if (found.length === 0) return;
    const at = (to + found.length) % found.length;
    setCurrent(at);
    const { select } = found[at]!;
    editor.select(select === null ? [] : [select], true);
  };
  const next = () => go(current === null ? 0 : current + 1);
  const previous = () => go(current === null ? -1 : current - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const close = () => {
    editor.ask(null);
    const select = current === null ? null : (found[current]?.select ?? null);
    if (select !== null) editor.select([select], false, true);
  };
  return (
    <section
      className={classes.panel}
      role="dialog"
      aria-label={t('Find in this scenario')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
        } else if (event.key === 'F3' || (event.key === 'Enter' && event.target instanceof HTMLInputElement)) {
          event.preventDefault();
          if (event.shiftKey) previous();
          else next();
        }
      }}
    >
      <div className={classes.bar}>
        <TextInput
          autoFocus
          flex={1}
          aria-label={t('Find in this scenario')}
          placeholder={t('Text, id, number, outcome…')}
          leftSection={<IconSearch size={15} />}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setCurrent(null);
          }}
        />
        <span className={classes.count} role="status">
          {wanted.trim() === ''
            ? ''
            : current === null
              ? t('{{count}} places', { count: found.length })
              : t('{{at}} of {{total}}', { at: current + 1, total: found.length })}
        </span>
        <ActionIcon aria-label={t('Previous place')} disabled={found.length === 0} onClick={previous}>
          <IconChevronUp size={17} />
        </ActionIcon>
        <ActionIcon aria-label={t('Next place')} disabled={found.length === 0} onClick={next}>
          <IconChevronDown size={17} />
        </ActionIcon>
        <ActionIcon aria-label={t('Close the search')} onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {found.length > 0 && (
        <ul ref={list} className={classes.list} aria-label={t('Places')}>
          {found.map((place, index) => (
            <li key={index}>
              <button
                type="button"
                className={classes.place}
                aria-current={index === current}
                onClick={() => go(index)}
              >
                {place.type !== null && <NodeIcon type={place.type} size={20} />}
                <span className={classes.title}>{place.title}</span>
                <span className={classes.where}>{place.where}</span>
                <Excerpt place={place} length={wanted.trim().length} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {wanted.trim() !== '' && found.length === 0 && (
        <p className={classes.none}>{t('Nothing in this scenario holds “{{query}}”.', { query: wanted.trim() })}</p>
      )}
    </section>
  );
}

const AROUND = 28;

function Excerpt({ place: { text, at }, length }: { place: Found; length: number }) {
  const from = Math.max(0, at - AROUND);
  const to = Math.min(text.length, at + length + AROUND * 2);
  return (
    <span className={classes.excerpt}>
      {from > 0 && '…'}
      {text.slice(from, at)}
      <mark>{text.slice(at, at + length)}</mark>
      {text.slice(at + length, to)}
      {to < text.length && '…'}
    </span>
  );
}
