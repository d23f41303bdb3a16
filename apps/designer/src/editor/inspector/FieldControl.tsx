import type { Json } from '@callwright/kernel';
import type { ComponentType } from 'react';
import type { Control, Field } from '../model/fields.js';
import { AssignControl } from './controls/AssignControl.js';
import { CasesControl } from './controls/CasesControl.js';
import { ChoiceControl } from './controls/ChoiceControl.js';
import type { ControlProps } from './controls/control.js';
import { DestinationControl } from './controls/DestinationControl.js';
import { DurationControl } from './controls/DurationControl.js';
import { ExpressionControl } from './controls/ExpressionControl.js';
import { JsonControl } from './controls/JsonControl.js';
import { KeysControl } from './controls/KeysControl.js';
import { MediaControl, ScenarioControl, SecretControl } from './controls/PickControls.js';
import { ScheduleControl } from './controls/ScheduleControl.js';
import { NumberControl } from './controls/NumberControl.js';
import { PromptControl } from './controls/PromptControl.js';
import { PromptsControl } from './controls/PromptsControl.js';
import { SwitchControl } from './controls/SwitchControl.js';
import { TagsControl } from './controls/TagsControl.js';
import { MultilineControl, TextControl } from './controls/TextControl.js';
import { HeadersControl } from './controls/HeadersControl.js';

/** The right control for each kind of setting; the compiler asks for a missing one. */
const controls: Readonly<Record<Control, ComponentType<ControlProps>>> = {
  text: TextControl,
  multiline: MultilineControl,
  prompt: PromptControl,
  prompts: PromptsControl,
  duration: DurationControl,
  number: NumberControl,
  switch: SwitchControl,
  choice: ChoiceControl,
  keys: KeysControl,
  expression: ExpressionControl,
  destination: DestinationControl,
  media: MediaControl,
  schedule: ScheduleControl,
  secret: SecretControl,
  scenario: ScenarioControl,
  headers: HeadersControl,
  cases: CasesControl,
  assign: AssignControl,
  tags: TagsControl,
  json: JsonControl,
};

export interface FieldControlProps {
  readonly field: Field;
  readonly value: Json | undefined;
  readonly error: string | null;
  readonly onChange: (value: Json | undefined) => void;
}

export function FieldControl({ field, value, error, onChange }: FieldControlProps) {
  const ControlOf = controls[field.control];
  return (
    <ControlOf
      title={field.title}
      description={field.description}
      required={field.required}
      schema={field.schema}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}
