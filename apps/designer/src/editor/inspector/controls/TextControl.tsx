import { Textarea } from '@mantine/core';
import { orUnset, placeholderOf, textOf, type ControlProps } from './control.js';
import { InsertValue } from './InsertValue.js';

function Template({
  title,
  description,
  required,
  schema,
  value,
  error,
  onChange,
  rows,
}: ControlProps & { rows: number }) {
  return (
    <Textarea
      label={title}
      description={description}
      withAsterisk={required}
      autosize
      minRows={rows}
      maxRows={10}
      placeholder={placeholderOf(schema)}
      error={error}
      value={textOf(value)}
      onChange={(event) => onChange(orUnset(event.currentTarget.value, required))}
      rightSection={<InsertValue label={title} onInsert={(text) => onChange(`${textOf(value)}${text}`)} />}
      rightSectionProps={{ style: { alignItems: 'flex-start', paddingTop: 4 } }}
    />
  );
}

/** A line of text that may hold `{{ expressions }}`. */
export const TextControl = (props: ControlProps) => <Template {...props} rows={1} />;
export const MultilineControl = (props: ControlProps) => <Template {...props} rows={3} />;
