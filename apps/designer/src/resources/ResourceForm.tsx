import {
  Button,
  Group,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.js';
import { Problem } from '../ui/Problem.js';

export type Values = Record<string, unknown>;

/** What a field with a drawing of its own gets. */
export interface OwnFieldProps {
  readonly field: FormField;
  readonly value: unknown;
  readonly values: Values;
  readonly error: ReactNode;
  readonly onChange: (value: unknown) => void;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly kind: 'text' | 'password' | 'number' | 'switch' | 'choice' | 'tags' | 'multiline' | 'own';
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly options?: readonly string[];
  /** What a new object begins with. */
  readonly initial?: unknown;
  /** Cannot be changed afterwards. */
  readonly onlyNew?: boolean;
  readonly draw?: ComponentType<OwnFieldProps>;
  readonly validate?: (value: unknown) => string | null;
}

export interface ResourceFormProps {
  readonly title: string;
  readonly verb: string;
  readonly fields: readonly FormField[];
  readonly values: Values;
  readonly onSubmit: (values: Values) => Promise<unknown>;
  readonly onClose: () => void;
  readonly error: unknown;
  readonly busy: boolean;
  readonly extra?: ReactNode;
}

/** A form in a dialog, from a list of fields; what the API says of a field is shown beside it. */
export function ResourceForm({
  title,
  verb,
  fields,
  values,
  onSubmit,
  onClose,
  error,
  busy,
  extra,
}: ResourceFormProps) {
  const { t } = useTranslation();
  const form = useForm<Values>({
    initialValues: Object.fromEntries(
      fields.map(({ name, initial, kind }) => [
        name,
        values[name] ?? initial ?? (kind === 'tags' ? [] : kind === 'switch' ? false : ''),
      ]),
    ),
    validate: Object.fromEntries(fields.flatMap(({ name, validate }) => (validate ? [[name, validate]] : []))),
  });
  const submit = async (given: Values) => {
    try {
      await onSubmit(given);
    } catch (thrown) {
      if (thrown instanceof ApiError) form.setErrors(thrown.fields);
    }
  };
  const known =
    error instanceof ApiError && Object.keys(error.fields).some((path) => fields.some(({ name }) => name === path));
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={form.onSubmit((given) => void submit(given))} noValidate={false}>
        <Stack>
          {error !== null && error !== undefined && !known && <Problem error={error} title={t('Not done')} />}
          {fields.map((field, index) => (
            <FieldInput key={field.name} field={field} form={form} first={index === 0} />
          ))}
          {extra}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type FormAccess = Pick<UseFormReturnType<Values>, 'getInputProps' | 'values' | 'errors' | 'setFieldValue'>;

function FieldInput({ field, form, first }: { field: FormField; form: FormAccess; first: boolean }) {
  const { name, label, description, kind, required, placeholder, options } = field;
  const input = form.getInputProps(name, { type: kind === 'switch' ? 'checkbox' : 'input' }) as object;
  const shared = { label, description, required, placeholder, 'data-autofocus': first || undefined, ...input };
  switch (kind) {
    case 'text':
      return <TextInput {...shared} />;
    case 'password':
      return <PasswordInput {...shared} autoComplete="new-password" />;
    case 'number':
      return <NumberInput {...shared} min={0} />;
    case 'switch':
      return <Switch label={label} description={description} {...input} />;
    case 'choice':
      return <Select {...shared} data={[...(options ?? [])]} allowDeselect={false} />;
    case 'tags':
      return <TagsInput {...shared} required={false} data={[...(options ?? [])]} clearable />;
    case 'multiline':
      return <Textarea {...shared} autosize minRows={5} maxRows={18} classNames={{ input: 'mono' }} />;
    case 'own': {
      const Own = field.draw;
      if (!Own) return null;
      return (
        <Own
          field={field}
          value={form.values[name]}
          values={form.values}
          error={form.errors[name]}
          onChange={(value) => form.setFieldValue(name, value)}
        />
      );
    }
  }
}
