import type { Json } from '@callwright/kernel';
import { ActionIcon, Button, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ownError, textOf, type ControlProps } from './control.js';
import { ExpressionField } from './ExpressionField.js';
import { useRows } from './useRows.js';
import classes from './rows.module.css';

export interface NamedValuesProps extends ControlProps {
  /** Stands in the field of a name that is not written yet. */
  readonly exampleName: string;
  /** What the button says that adds one. */
  readonly addOne: string;
  /** What stands between a name and its value. */
  readonly sign?: string;
  /** The value that a written text means. */
  readonly valueOf: (text: string) => Json;
}

/** Names, each with a value or an `{{ expression }}`. */
export function NamedValues(props: NamedValuesProps) {
  const { title, description, required, value, errors, onChange, exampleName, addOne, sign, valueOf } = props;
  const { t } = useTranslation();
  const { rows, add, replace, remove } = useRows<Json>(value, onChange);
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
      <Stack gap={6} mt={6}>
        {rows.map((row, index) => (
          <div key={index} className={classes.row}>
            <TextInput
              aria-label={t('{{title}}, name', { title })}
              placeholder={exampleName}
              flex={2}
              value={row.key}
              onChange={(event) => replace(index, { ...row, key: event.currentTarget.value })}
            />
            {sign !== undefined && <span aria-hidden>{sign}</span>}
            <div className={classes.wide}>
              <ExpressionField
                name={row.key}
                braces
                aria-label={t('{{title}}, value of {{name}}', { title, name: row.key })}
                placeholder={t('value')}
                value={textOf(row.value)}
                error={errors[row.key] ?? null}
                onChange={(text) => replace(index, { ...row, value: valueOf(text) })}
              />
            </div>
            <ActionIcon aria-label={t('Remove {{name}}', { name: row.key })} onClick={() => remove(index)}>
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
          {addOne}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
