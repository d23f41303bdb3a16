import { orUnset, placeholderOf, textOf, type ControlProps } from './control.js';
import { ExpressionField } from './ExpressionField.js';

export const EXAMPLE_EXPRESSION = 'vars.tries > 2';

/** An expression without braces, as `when` takes it. */
export function ExpressionControl({ title, description, required, schema, value, error, onChange }: ControlProps) {
  return (
    <ExpressionField
      name={title}
      braces={false}
      label={title}
      description={description}
      withAsterisk={required}
      placeholder={placeholderOf(schema) ?? EXAMPLE_EXPRESSION}
      error={error}
      value={textOf(value)}
      onChange={(text) => onChange(orUnset(text, required))}
    />
  );
}
