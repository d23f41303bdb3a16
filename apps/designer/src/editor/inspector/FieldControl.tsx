import type { Json } from '@callwright/kernel';
import type { ComponentType } from 'react';
import { useLibraryText } from '../../i18n/libraryText.js';
import type { Control, Field } from '../model/fields.js';
import { AssignControl } from './controls/AssignControl.js';
import { CasesControl } from './controls/CasesControl.js';
import { ChoiceControl } from './controls/ChoiceControl.js';
import { ownError, type ControlProps, type FieldErrors } from './controls/control.js';
import { DestinationControl } from './controls/DestinationControl.js';
import { DurationControl } from './controls/DurationControl.js';
import { ExpressionControl } from './controls/ExpressionControl.js';
import { HeadersControl } from './controls/HeadersControl.js';
import { JsonControl } from './controls/JsonControl.js';
import { KeysControl } from './controls/KeysControl.js';
import { NumberControl } from './controls/NumberControl.js';
import { LanguageControl, MediaControl, ScenarioControl, VoiceControl } from './controls/PickControls.js';
import { PromptControl } from './controls/PromptControl.js';
import { PromptsControl } from './controls/PromptsControl.js';
import { ScheduleControl } from './controls/ScheduleControl.js';
import { SecretControl } from './controls/SecretControl.js';
import { SwitchControl } from './controls/SwitchControl.js';
import { TagsControl } from './controls/TagsControl.js';
import { MultilineControl, TextControl } from './controls/TextControl.js';

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
  voice: VoiceControl,
  language: LanguageControl,
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
  readonly errors: FieldErrors;
  readonly onChange: (value: Json | undefined) => void;
}

export function FieldControl({ field, value, errors, onChange }: FieldControlProps) {
  const said = useLibraryText();
  const ControlOf = controls[field.control];
  return (
    <ControlOf
      title={said(field.title)}
      description={field.description === null ? null : said(field.description)}
      required={field.required}
      schema={field.schema}
      value={value}
      error={ownError(errors, [])}
      errors={errors}
      onChange={onChange}
    />
  );
}
