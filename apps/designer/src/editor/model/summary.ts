import type { Json, JsonObject } from '@callwright/kernel';
import { describeSchedule } from '../../schedules/describeSchedule.js';
import { fieldsOf, type Control } from './fields.js';
import { promptText } from './promptText.js';
import { nodeType } from '@callwright/nodes';
import type { ScenarioNode } from '@callwright/scenario';

/** What a node does here, in a line: the first thing in its configuration that says it. Null: nothing is set. */
export function summaryOf(node: ScenarioNode): string | null {
  const definition = nodeType(node.type);
  const { input } = node;
  if (!definition) return null;
  const telling = fieldsOf(definition.type).filter(
    (field) => field.control !== 'switch' && input[field.name] !== undefined,
  );
  for (const field of telling) {
    const text = (summaries[field.control] ?? valueText)(input[field.name]);
    if (text !== null) return text;
  }
  return null;
}

/** Settings that say what they are in a way of their own. */
const summaries: Partial<Record<Control, (value: Json | undefined) => string | null>> = {
  prompt: promptText,
  schedule: (value) => (isObject(value) ? describeSchedule(value) : valueText(value)),
};

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function valueText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (Array.isArray(value)) {
    const texts = value.map((item: Json) =>
      item !== null && typeof item === 'object'
        ? Object.values(item)
            .filter((inner) => typeof inner === 'string')
            .join(' → ')
        : String(item),
    );
    return texts.length === 0 ? null : texts.join(' · ');
  }
  if (value !== null && typeof value === 'object') {
    const texts = Object.entries(value).map(
      ([key, inner]) => `${key} → ${typeof inner === 'string' ? inner : JSON.stringify(inner)}`,
    );
    return texts.length === 0 ? null : texts.join(' · ');
  }
  return null;
}
