import { ActionIcon, Button, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ControlProps } from './control.js';
import { useRows } from './useRows.js';
import classes from './rows.module.css';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'];

/** Which key, or keys pressed one after the other, leads to which outcome; an outcome is born by naming it here. */
export function KeysControl({ title, description, required, value, error, onChange }: ControlProps) {
  const { rows, add, replace, remove } = useRows<string>(value, onChange);
  const free = KEYS.filter((key) => !rows.some((row) => row.key === key));
  return (
    <Input.Wrapper label={title} description={description} withAsterisk={required} error={error} labelElement="div">
      <Stack gap={6} mt={6}>
        {rows.map((row, index) => (
          <div key={index} className={classes.row}>
            <TextInput
              aria-label={`Key ${index + 1}`}
              value={row.key}
              w={62}
              classNames={{ input: classes.key }}
              onChange={(event) => replace(index, { ...row, key: event.currentTarget.value.trim().toUpperCase() })}
            />
            <span aria-hidden>→</span>
            <TextInput
              aria-label={`Outcome of key ${row.key}`}
              placeholder="sales"
              flex={1}
              value={row.value}
              onChange={(event) => replace(index, { ...row, value: event.currentTarget.value })}
            />
            <ActionIcon aria-label={`Remove key ${row.key}`} onClick={() => remove(index)}>
              <IconX size={15} />
            </ActionIcon>
          </div>
        ))}
        {free.length > 0 && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            className={classes.add}
            onClick={() => add({ key: free[0]!, value: `choice-${rows.length + 1}` })}
          >
            Add a key
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
