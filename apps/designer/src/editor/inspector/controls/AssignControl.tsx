import type { Json } from '@callwright/kernel';
import { ActionIcon, Button, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { textOf, type ControlProps } from './control.js';
import { InsertValue } from './InsertValue.js';
import { useRows } from './useRows.js';
import classes from './rows.module.css';

/** `3`, `true`, `null`, `[…]` and `{…}` are what they look like; everything else is text. */
export function valueOf(text: string): Json {
  if (!/^\s*(-?\d|true|false|null|[[{"])/.test(text) || text.trim().startsWith('{{')) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Names with values of any kind, or `{{ expressions }}`. */
export function AssignControl({ title, description, required, value, error, onChange }: ControlProps) {
  const { rows, add, replace, remove } = useRows<Json>(value, onChange);
  return (
    <Input.Wrapper label={title} description={description} withAsterisk={required} error={error} labelElement="div">
      <Stack gap={6} mt={6}>
        {rows.map((row, index) => (
          <div key={index} className={classes.row}>
            <TextInput
              aria-label={`${title}, name`}
              placeholder="name"
              flex={2}
              value={row.key}
              onChange={(event) => replace(index, { ...row, key: event.currentTarget.value })}
            />
            <span aria-hidden>=</span>
            <TextInput
              aria-label={`${title}, value of ${row.key}`}
              placeholder="value"
              flex={3}
              value={textOf(row.value)}
              onChange={(event) => replace(index, { ...row, value: valueOf(event.currentTarget.value) })}
              rightSection={
                <InsertValue
                  label={row.key}
                  onInsert={(text) => replace(index, { ...row, value: `${textOf(row.value)}${text}` })}
                />
              }
            />
            <ActionIcon aria-label={`Remove ${row.key}`} onClick={() => remove(index)}>
              <IconX size={15} />
            </ActionIcon>
          </div>
        ))}
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          className={classes.add}
          onClick={() => add({ key: '', value: '' })}
        >
          Add a value
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
