import type { Json } from '@callwright/kernel';
import type { TFunction } from 'i18next';
import { nodesOf, type ScenarioDocument, type Subject } from '@callwright/scenario';
import { nodeType } from '@callwright/nodes';
import { libraryText } from '../../i18n/libraryText.js';
import { fieldsOf, humanise } from '../model/fields.js';

const LONGEST = 400;

/** What a person calls the place of a change, within its node or its scenario. */
export function titleOf({ aspect, path, node }: Subject, document: ScenarioDocument, t: TFunction): string {
  switch (aspect) {
    case 'node':
      return t('The node itself');
    case 'type':
      return t('Type of node');
    case 'label':
      return t('Label');
    case 'place':
      return t('Place on the canvas');
    case 'wire':
      return path[0] === undefined ? t('Wires') : t('“{{outcome}}” leads to', { outcome: path[0] });
    case 'start':
      return t('Where a call begins');
    case 'hang-up':
      return t('After a hang-up');
    case 'error':
      return t('After an error');
    case 'name':
      return t('Name');
    case 'id':
      return t('Document id');
    case 'variable':
      return path[0] === undefined ? t('Call data') : t('Call data “{{name}}”', { name: path.join('.') });
    case 'note':
      return t('Note “{{name}}”', { name: path[0] ?? '' });
    case 'group':
      return t('Frame “{{name}}”', { name: path[0] ?? '' });
    case 'setting':
      return settingTitle(node, path, document, t);
    case 'other':
      return path.join(' › ');
  }
}

function settingTitle(node: string | null, path: readonly string[], document: ScenarioDocument, t: TFunction): string {
  const [name, ...rest] = path;
  if (name === undefined) return t('Settings');
  const type = nodesOf(document).get(node ?? '')?.type ?? '';
  const field = fieldsOf(type).find((candidate) => candidate.name === name);
  const title = field ? libraryText(field.title) : humanise(name);
  const inner = rest.map((key) =>
    field?.schema.type === 'array' && /^\d+$/.test(key) ? String(Number(key) + 1) : key,
  );
  return [title, ...inner].join(' › ');
}

/** A value as somebody reads it; null: there is none. */
export function valueText(value: Json | undefined, subject: Subject, t: TFunction): string | null {
  if (value === undefined) return null;
  if (subject.aspect === 'node') return nodeText(value, t);
  if (subject.aspect === 'place' && isObject(value)) return `${String(value['x'])}, ${String(value['y'])}`;
  const text = isObject(value) && value[subject.aspect === 'note' ? 'text' : subject.aspect === 'group' ? 'title' : ''];
  if (typeof text === 'string') return shortened(text === '' ? t('(empty)') : text);
  if (typeof value === 'string') return value === '' ? t('(empty)') : shortened(value.replace(/^\.(?=[a-z])/, ''));
  if (typeof value === 'boolean') return value ? t('on') : t('off');
  return shortened(promptText(value) ?? JSON.stringify(value));
}

function nodeText(value: Json, t: TFunction): string {
  const src = isObject(value) && isObject(value['invoke']) ? value['invoke']['src'] : undefined;
  return typeof src === 'string' ? libraryText(nodeType(src)?.title ?? src) : t('An ending');
}

/** A prompt, or a part of one: “Welcome.” ♪ jingle */
function promptText(value: Json): string | null {
  const parts = (Array.isArray(value) ? value : [value]) as readonly Json[];
  const texts = parts.map((part) => {
    if (!isObject(part) || Object.keys(part).length !== 1) return null;
    if (typeof part['say'] === 'string') return `“${part['say']}”`;
    if (typeof part['play'] === 'string') return `▶ ${part['play']}`;
    if (typeof part['tone'] === 'string') return `♪ ${part['tone']}`;
    return typeof part['silence'] === 'number' ? `${part['silence']} ms` : null;
  });
  return texts.length > 0 && texts.every((text) => text !== null) ? texts.join(' ') : null;
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
