import { Combobox, Textarea, useCombobox, type TextareaProps } from '@mantine/core';
import { IconFunction, IconPoint, IconVariable } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { libraryText } from '../../../i18n/libraryText.js';
import { useDraft } from '../../EditorContext.js';
import { completionsAt, type Completions } from '../../model/completions.js';
import { useTrial } from '../sample/SampleContext.js';
import { useLiveValue } from '../sample/useLiveValue.js';
import { InsertValue } from './InsertValue.js';
import { LiveLine } from './LiveLine.js';
import classes from './ExpressionField.module.css';

const icons = { value: IconPoint, node: IconVariable, function: IconFunction } as const;

/**
 * A text with expressions in it (`braces`), or one expression. Offers what can stand at the caret, says what is wrong as soon as it is,
 * and what it comes to for the last call.
 */
export function ExpressionField({
  name,
  value,
  onChange,
  braces,
  error,
  rows = 1,
  ...shown
}: {
  /** What it is, for those who do not see the label. */
  name: string;
  value: string;
  onChange: (text: string) => void;
  braces: boolean;
  error: string | null;
  rows?: number;
} & Pick<TextareaProps, 'label' | 'description' | 'withAsterisk' | 'placeholder' | 'aria-label'>) {
  const { t } = useTranslation();
  const document = useDraft((draft) => draft.document);
  const { sample, node } = useTrial();
  const live = useLiveValue(value, braces, sample.scope);
  const field = useRef<HTMLTextAreaElement>(null);
  const [found, setFound] = useState<Completions | null>(null);
  const store = useCombobox({ onDropdownClose: () => store.resetSelectedOption() });

  const look = (text: string, caret: number) => {
    const completions = completionsAt(text, caret, { document, node, sample, braces });
    setFound(completions);
    if (completions && completions.options.length > 0) {
      store.openDropdown();
    } else store.closeDropdown();
  };
  /** Once the new text is drawn. */
  const placeCaret = (caret: number) =>
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  const { selectFirstOption } = store;
  useEffect(() => {
    if (found) selectFirstOption();
    // Once for each list of options, which are there by now.
  }, [found]);
  const take = (text: string) => {
    if (!found) return;
    const next = value.slice(0, found.from) + text + value.slice(found.to);
    const caret = found.from + text.length;
    onChange(next);
    // `steps.menu.` goes on.
    if (text.endsWith('.')) look(next, caret);
    else store.closeDropdown();
    placeCaret(caret);
  };
  const insert = (text: string) => {
    const { selectionStart = value.length, selectionEnd = value.length } = field.current ?? {};
    const next = value.slice(0, selectionStart) + text + value.slice(selectionEnd);
    onChange(next);
    placeCaret(selectionStart + text.length);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if ((event.ctrlKey || event.metaKey) && event.key === ' ') {
      event.preventDefault();
      look(value, event.currentTarget.selectionStart);
    }
    if (event.key === 'Escape' && store.dropdownOpened) event.stopPropagation();
    if (event.key === 'Tab' && store.dropdownOpened) {
      const option = found?.options[store.getSelectedOptionIndex()];
      if (!option) return;
      event.preventDefault();
      take(option.text);
    }
  };
  // The server says it about the document as it was saved; this is about what stands here now.
  const wrong = live?.kind === 'problem' ? live.message : error;
  return (
    <Combobox store={store} onOptionSubmit={take} withinPortal position="bottom-start" width="target" shadow="md">
      <Combobox.Target autoComplete="off">
        <Textarea
          {...shown}
          ref={field}
          aria-label={shown['aria-label']}
          autosize
          minRows={rows}
          maxRows={12}
          spellCheck={braces}
          classNames={braces ? {} : { input: 'mono' }}
          error={wrong}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            look(event.currentTarget.value, event.currentTarget.selectionStart);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => store.closeDropdown()}
          rightSection={<InsertValue label={name} braces={braces} onInsert={insert} />}
          rightSectionProps={{ style: { alignItems: 'flex-start', paddingTop: 5 } }}
          inputWrapperOrder={['label', 'description', 'input', 'error']}
        />
      </Combobox.Target>
      {live?.kind === 'value' && <LiveLine value={live.value} />}
      <Combobox.Dropdown hidden={!found || found.options.length === 0}>
        <Combobox.Options className={classes.options} aria-label={t('What can stand here')}>
          {found?.options.map(({ text, detail, kind }) => {
            const Icon = icons[kind];
            return (
              <Combobox.Option key={text} value={text} className={classes.option}>
                <Icon size={14} aria-hidden />
                <code>{text}</code>
                <small>{said(t, detail)}</small>
              </Combobox.Option>
            );
          })}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** A detail is a text of the page, or of a library, or a name that somebody gave. */
const said = (t: (text: string) => string, detail: string): string => {
  if (detail === '') return '';
  const own = t(detail);
  return own === detail ? libraryText(detail) : own;
};
