import { orUnset, placeholderOf, textOf, type ControlProps } from './control.js';
import { ExpressionField } from './ExpressionField.js';

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
    <ExpressionField
      name={title}
      braces
      label={title}
      description={description}
      withAsterisk={required}
      rows={rows}
      placeholder={placeholderOf(schema)}
      error={error}
      value={textOf(value)}
      onChange={(text) => onChange(orUnset(text, required))}
    />
  );
}

/** A line of text that may hold `{{ expressions }}`. */
export const TextControl = (props: ControlProps) => <Template {...props} rows={1} />;
export const MultilineControl = (props: ControlProps) => <Template {...props} rows={3} />;
