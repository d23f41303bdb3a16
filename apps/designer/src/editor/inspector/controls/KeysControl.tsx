import { ActionIcon, Button, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownError, type ControlProps } from './control.js';
import { useRows } from './useRows.js';
import classes from './KeysControl.module.css';
import rowClasses from './rows.module.css';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const ON_PAD: ReadonlySet<string> = new Set(KEYS);

/** The keys of a telephone, each with the outcome that it leads to; an outcome is born by naming it here. Longer entries stand below. */
export function KeysControl({ title, description, required, value, errors, onChange }: ControlProps) {
  const { t } = useTranslation();
  const { rows, add, replace, remove } = useRows<string>(value, onChange);
  const [chosen, setChosen] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const at = rows.findIndex(({ key }) => key === chosen);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [chosen]);
  const choose = (key: string) => {
    if (!rows.some((row) => row.key === key))
      add({ key, value: `choice-${key === '*' ? 'star' : key === '#' ? 'hash' : key}` });
    setChosen(key);
  };
  const longer = rows.flatMap((row, index) => (ON_PAD.has(row.key) ? [] : [{ row, index }]));
  return (
    <Input.Wrapper
      label={title}
      description={description}
      withAsterisk={required}
      error={ownError(
        errors,
        rows.map(({ key }) => key),
      )}
      labelElement="div"
    >
      <div className={classes.pad} role="group" aria-label={t('Keypad')}>
        {KEYS.map((key) => {
          const row = rows.find((candidate) => candidate.key === key);
          return (
            <button
              key={key}
              type="button"
              className={classes.key}
              data-used={row !== undefined || undefined}
              data-wrong={errors[key] !== undefined || undefined}
              aria-pressed={chosen === key}
              title={row ? undefined : t('Not used')}
              onClick={() => choose(key)}
            >
              <span className={classes.digit}>{key}</span> {row && <span className={classes.outcome}>{row.value}</span>}
            </button>
          );
        })}
      </div>
      {at !== -1 && ON_PAD.has(chosen ?? '') && (
        <div className={classes.chosen}>
          <TextInput
            ref={field}
            flex={1}
            label={t('Outcome of key {{key}}', { key: chosen })}
            value={rows[at]!.value}
            error={errors[chosen!]}
            onChange={(event) => replace(at, { key: chosen!, value: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter') setChosen(null);
            }}
          />
          <ActionIcon
            mt={26}
            aria-label={t('Remove key {{key}}', { key: chosen })}
            onClick={() => {
              remove(at);
              setChosen(null);
            }}
          >
            <IconX size={15} />
          </ActionIcon>
        </div>
      )}
      <Stack gap={6} mt={8}>
        {longer.map(({ row, index }) => (
          <div key={index} className={rowClasses.row}>
            <TextInput
              aria-label={t('Digits')}
              placeholder="12"
              value={row.key}
              w={76}
              classNames={{ input: rowClasses.key }}
              onChange={(event) => replace(index, { ...row, key: event.currentTarget.value.trim().toUpperCase() })}
            />
            <span aria-hidden>→</span>
            <TextInput
              aria-label={t('Outcome of the digits {{digits}}', { digits: row.key })}
              placeholder={t('extension')}
              flex={1}
              value={row.value}
              error={errors[row.key]}
              onChange={(event) => replace(index, { ...row, value: event.currentTarget.value })}
            />
            <ActionIcon
              aria-label={t('Remove the digits {{digits}}', { digits: row.key })}
              onClick={() => remove(index)}
            >
              <IconX size={15} />
            </ActionIcon>
          </div>
        ))}
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          className={rowClasses.add}
          onClick={() => add({ key: '', value: `choice-${rows.length + 1}` })}
        >
          {t('Several digits, one outcome')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
