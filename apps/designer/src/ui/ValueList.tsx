import classes from './ValueList.module.css';

export interface ValueListProps {
  /** As expressions call them: `vars`, `steps`. */
  readonly name: string;
  readonly values: readonly (readonly [name: string, value: unknown])[];
  /** What stands there when there are none. */
  readonly none: string;
  /** Names whose values have just become what they are. */
  readonly changed?: ReadonlySet<string>;
}

/** Values by their names: variables, what nodes gave, parameters. */
export function ValueList({ name: title, values, none, changed }: ValueListProps) {
  return (
    <section aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      {values.length === 0 && <p className={classes.none}>{none}</p>}
      <dl className={classes.values}>
        {values.map(([name, value]) => (
          <div key={name} data-changed={changed?.has(name) || undefined}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
