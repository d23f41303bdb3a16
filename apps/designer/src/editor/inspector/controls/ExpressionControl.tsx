import { Textarea } from '@mantine/core';
import { orUnset, placeholderOf, textOf, type ControlProps } from './control.js';
import { InsertValue } from './InsertValue.js';

/** An expression without braces, as `when` takes it. */
export function ExpressionControl({ title, description, required, schema, value, error, onChange }: ControlProps) {
  return (
    <Textarea
      label={title}
      description={description}
      withAsterisk={required}
      autosize
      minRows={1}
      placeholder={placeholderOf(schema) ?? 'vars.tries > 2'}
      error={error}
      value={textOf(value)}
      spellCheck={false}
      classNames={{ input: 'mono' }}
      onChange={(event) => onChange(orUnset(event.currentTarget.value, required))}
      rightSection={
        <InsertValue label={title} braces={false} onInsert={(text) => onChange(`${textOf(value)}${text}`)} />
      }
    />
  );
}
