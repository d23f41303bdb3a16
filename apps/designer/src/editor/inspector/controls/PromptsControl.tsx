import type { Json } from '@callwright/kernel';
import { ActionIcon, Button, Input, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorsIn, ownError, type ControlProps } from './control.js';
import { PromptParts, type PromptPart } from './PromptParts.js';
import classes from './rows.module.css';

/** A prompt for each time: the first miss, the second, … */
export function PromptsControl({ title, description, required, value, errors, onChange }: ControlProps) {
  const { t } = useTranslation();
  const prompts = (Array.isArray(value) ? value : []) as readonly (readonly PromptPart[])[];
  const change = (next: readonly (readonly PromptPart[])[]) =>
    onChange(next.length === 0 ? undefined : (next as unknown as Json));
  return (
    <Input.Wrapper
      label={title}
      description={description}
      withAsterisk={required}
      error={ownError(
        errors,
        prompts.map((_, index) => String(index)),
      )}
      labelElement="div"
    >
      <Stack gap={8} mt={6}>
        {prompts.map((parts, index) => (
          <div key={index} className={classes.box}>
            <div className={classes.boxHead}>
              {t('Time {{number}}', { number: index + 1 })}
              <ActionIcon
                size="sm"
                aria-label={t('Remove {{title}} {{number}}', { title, number: index + 1 })}
                onClick={() => change(prompts.filter((_, at) => at !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
            <PromptParts
              title={`${title} ${index + 1}`}
              parts={parts}
              errors={errorsIn(errors, String(index))}
              onChange={(next) => change(prompts.map((old, at) => (at === index ? next : old)))}
            />
          </div>
        ))}
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          className={classes.add}
          onClick={() => change([...prompts, [{ say: '' }]])}
        >
          {t('Add a prompt')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
