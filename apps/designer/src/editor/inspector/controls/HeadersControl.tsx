import { ActionIcon, Button, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ControlProps } from './control.js';
import { useRows } from './useRows.js';
import { textOf } from './control.js';
import type { Json } from '@callwright/kernel';
import classes from './rows.module.css';

/** Names with texts, such as headers. */
export function HeadersControl({ title, description, required, value, error, onChange }: ControlProps) {
  const { rows, add, replace, remove } = useRows<Json>(value, onChange);
  return (
    <Input.Wrapper label={title} description={description} withAsterisk={required} error={error} labelElement="div">
      <Stack gap={6} mt={6}>
        {rows.map((row, index) => (
          <div key={index} className={classes.row}>
            <TextInput
              aria-label={`${title}, name`}
              placeholder="X-Name"
              flex={2}
              value={row.key}
              onChange={(event) => replace(index, { ...row, key: event.currentTarget.value })}
            />
            <TextInput
              aria-label={`${title}, value`}
              placeholder="value"
              flex={3}
              value={textOf(row.value)}
              onChange={(event) => replace(index, { ...row, value: event.currentTarget.value })}
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
          Add
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
