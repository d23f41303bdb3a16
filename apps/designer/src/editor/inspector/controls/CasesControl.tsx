import type { Json } from '@callwright/kernel';
import { ActionIcon, Button, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ControlProps } from './control.js';
import { ExpressionControl } from './ExpressionControl.js';
import classes from './rows.module.css';

interface Case {
  readonly when: string;
  readonly outcome: string;
}

/** Conditions in their order, each with the outcome that it gives; the first that holds wins. */
export function CasesControl({ title, description, required, value, error, onChange }: ControlProps) {
  const cases = (Array.isArray(value) ? value : []) as readonly Case[];
  const change = (next: readonly Case[]) => onChange(next as unknown as Json);
  return (
    <Input.Wrapper label={title} description={description} withAsterisk={required} error={error} labelElement="div">
      <Stack gap={8} mt={6}>
        {cases.map((item, index) => (
          <div key={index} className={classes.box}>
            <div className={classes.boxHead}>
              {index === 0 ? 'If' : 'Else, if'}
              <ActionIcon
                size="sm"
                aria-label={`Remove case ${index + 1}`}
                onClick={() => change(cases.filter((_, at) => at !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
            <Stack gap={6}>
              <ExpressionControl
                title="Condition"
                description={null}
                required
                value={item.when}
                error={null}
                onChange={(when) =>
                  change(cases.map((old, at) => (at === index ? { ...old, when: String(when ?? '') } : old)))
                }
              />
              <TextInput
                label="Outcome"
                value={item.outcome}
                onChange={(event) =>
                  change(cases.map((old, at) => (at === index ? { ...old, outcome: event.currentTarget.value } : old)))
                }
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
          Add a case
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
