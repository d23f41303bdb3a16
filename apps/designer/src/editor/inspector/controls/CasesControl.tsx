import type { Json } from '@callwright/kernel';
import { ActionIcon, Button, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ownError, type ControlProps } from './control.js';
import { EXAMPLE_EXPRESSION } from './ExpressionControl.js';
import { ExpressionField } from './ExpressionField.js';
import classes from './rows.module.css';

interface Case {
  readonly when: string;
  readonly outcome: string;
}

/** Conditions in their order, each with the outcome that it gives; the first that holds wins. */
export function CasesControl({ title, description, required, value, errors, onChange }: ControlProps) {
  const { t } = useTranslation();
  const cases = (Array.isArray(value) ? value : []) as unknown as readonly Case[];
  const change = (next: readonly Case[]) => onChange(next as unknown as Json);
  const set = (at: number, part: Partial<Case>) =>
    change(cases.map((old, index) => (index === at ? { ...old, ...part } : old)));
  return (
    <Input.Wrapper
      label={title}
      description={description}
      withAsterisk={required}
      error={ownError(
        errors,
        cases.flatMap((_, at) => [`${at}.when`, `${at}.outcome`]),
      )}
      labelElement="div"
    >
      <Stack gap={8} mt={6}>
        {cases.map((item, index) => (
          <div key={index} className={classes.box}>
            <div className={classes.boxHead}>
              {index === 0 ? t('If') : t('Else, if')}
              <ActionIcon
                size="sm"
                aria-label={t('Remove case {{number}}', { number: index + 1 })}
                onClick={() => change(cases.filter((_, at) => at !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
            <Stack gap={6}>
              <ExpressionField
                name={t('Condition')}
                label={t('Condition')}
                withAsterisk
                braces={false}
                placeholder={EXAMPLE_EXPRESSION}
                value={item.when}
                error={errors[`${index}.when`] ?? null}
                onChange={(when) => set(index, { when })}
              />
              <TextInput
                label={t('Outcome')}
                value={item.outcome}
                error={errors[`${index}.outcome`]}
                onChange={(event) => set(index, { outcome: event.currentTarget.value })}
              />
            </Stack>
          </div>
        ))}
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          className={classes.add}
          onClick={() => change([...cases, { when: '', outcome: `case-${cases.length + 1}` }])}
        >
          {t('Add a case')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
