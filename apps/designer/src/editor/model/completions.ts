import { BARE_FUNCTIONS, NATIVE_NAMES } from '@callwright/expression';
import { nodeType } from '@callwright/nodes';
import { nodesOf, variablesOf, type ScenarioDocument } from '@callwright/scenario';
import { msg } from '../../i18n/i18n.js';
import { nodeCatalogue } from './catalogue.js';
import { outputsOf, type Sample } from './sample.js';

/** One way to go on. */
export interface Completion {
  /** What stands there afterwards, in place of the word at the caret. */
  readonly text: string;
  /** English; said with `t` or `libraryText`. */
  readonly detail: string;
  readonly kind: 'value' | 'node' | 'function';
}

export interface Completions {
  /** The word that is replaced. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

export interface CompletionContext {
  readonly document: ScenarioDocument;
  /** The node whose setting it is; null: the scenario's. */
  readonly node: string | null;
  readonly sample: Sample;
  /** The text is a template: expressions stand in `{{ }}`. */
  readonly braces: boolean;
}

const CALL_FIELDS: readonly (readonly [name: string, detail: string])[] = [
  ['from', msg('Who calls')],
  ['to', msg('The dialled number')],
  ['id', msg('The call’s id')],
  ['direction', msg('inbound or outbound')],
  ['state', msg('How the call stands')],
  ['cause', msg('Why the call ended')],
  ['headers', msg('Headers of the call, a list of values each')],
  ['startedAt', msg('When the call began')],
  ['answeredAt', msg('When it was answered')],
];

const NOW: Completion = { text: 'now', detail: msg('The time'), kind: 'value' };

const ROOTS: readonly Completion[] = [
  { text: 'call.', detail: msg('The call'), kind: 'value' },
  { text: 'vars.', detail: msg('Variables'), kind: 'value' },
  { text: 'steps.', detail: msg('What a node gave'), kind: 'value' },
  { text: 'params.', detail: msg('What the scenario was given'), kind: 'value' },
  NOW,
];

const MOST = 40;

/** What can stand at the caret; null: no expression stands there. */
export function completionsAt(text: string, caret: number, context: CompletionContext): Completions | null {
  const begin = context.braces ? expressionBegin(text, caret) : 0;
  if (begin === null) return null;
  const before = text.slice(begin, caret);
  if (insideText(before)) return null;
  const word = /[\w.$]*$/.exec(before)?.[0] ?? '';
  const rest = /^[\w]*/.exec(text.slice(caret))?.[0] ?? '';
  const options = optionsFor(word, context).filter(({ text: option }) => option !== word && startsLike(option, word));
  return { from: caret - word.length, to: caret + rest.length, options: options.slice(0, MOST) };
}

/** Where the expression begins that the caret is in; null: it is among plain text. */
function expressionBegin(text: string, caret: number): number | null {
  const open = text.lastIndexOf('{{', caret - 1);
  if (open === -1 || open + 2 > caret) return null;
  const close = text.indexOf('}}', open);
  return close !== -1 && close < caret ? null : open + 2;
}

const insideText = (expression: string): boolean => (expression.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;

const startsLike = (option: string, word: string): boolean => option.toLowerCase().startsWith(word.toLowerCase());

function optionsFor(word: string, context: CompletionContext): readonly Completion[] {
  if (word.startsWith('$')) return NATIVE_NAMES.map((name) => functionOf(`$${name}(`));
  const [root, ...path] = word.split('.');
  if (path.length === 0) return [...ROOTS, ...Object.keys(BARE_FUNCTIONS).map((name) => functionOf(`${name}(`))];
  switch (root) {
    case 'call':
      return CALL_FIELDS.map(([name, detail]) => ({ text: `call.${name}`, detail, kind: 'value' }));
    case 'vars':
      return variableNames(context.document).map((name) => ({ text: `vars.${name}`, detail: '', kind: 'value' }));
    case 'params':
      return Object.keys(context.sample.scope.params).map((name) => ({
        text: `params.${name}`,
        detail: '',
        kind: 'value',
      }));
    case 'steps':
      return path.length === 1 ? stepNames(context) : outputNames(path[0]!, context.document);
    default:
      return [];
  }
}

/** What can be read, in groups, for those who look instead of writing. */
export function offersFor({ document, node, sample }: Omit<CompletionContext, 'braces'>) {
  const context = { document, node, sample, braces: false };
  const steps = stepNames(context).flatMap(({ text }) => outputNames(text.slice('steps.'.length, -1), document));
  const groups = [
    { title: msg('The call'), options: [...optionsFor('call.', context), NOW] },
    { title: msg('Variables'), options: optionsFor('vars.', context) },
    { title: msg('What the scenario was given'), options: optionsFor('params.', context) },
    { title: msg('What a node gave'), options: steps },
  ];
  return groups.filter(({ options }) => options.length > 0);
}

const functionOf = (text: string): Completion => ({ text, detail: msg('Function'), kind: 'function' });

/** Variables that begin with a value, and those that a node sets. */
function variableNames(document: ScenarioDocument): readonly string[] {
  const set = [...nodesOf(document).values()].flatMap(({ type, input }) => {
    const definition = nodeCatalogue.get(type);
    const read = definition?.assigns && definition.config.safeParse(input);
    return read?.success ? definition!.assigns!(read.data as never) : [];
  });
  return [...new Set([...Object.keys(variablesOf(document)), ...set])];
}

/** Nodes that have run by then come first; those that give nothing are left out. */
function stepNames({ document, node }: CompletionContext): readonly Completion[] {
  const before = node === null ? new Set<string>() : upstreamOf(document, node);
  const giving = [...nodesOf(document).values()].filter(
    ({ id, type }) => id !== node && (outputsOf(type).length > 0 || nodeType(type)?.dynamicOutcomes),
  );
  const rank = (id: string) => (before.has(id) ? 0 : 1);
  return giving
    .toSorted((a, b) => rank(a.id) - rank(b.id))
    .map(({ id, label, type }) => ({
      text: `steps.${id}.`,
      detail: label ?? nodeType(type)?.title ?? type,
      kind: 'node',
    }));
}

function outputNames(id: string, document: ScenarioDocument): readonly Completion[] {
  const { type = '' } = nodesOf(document).get(id) ?? {};
  return [
    ...outputsOf(type).map(({ name, description }) => ({
      text: `steps.${id}.${name}`,
      detail: description,
      kind: 'value' as const,
    })),
    { text: `steps.${id}.error`, detail: msg('What went wrong, after the outcome failed'), kind: 'value' },
  ];
}

/** The nodes from which a call can come to this one. */
export function upstreamOf(document: ScenarioDocument, node: string): ReadonlySet<string> {
  const sources = new Map<string, string[]>();
  for (const { id, wires } of nodesOf(document).values())
    for (const { target } of wires) sources.set(target, [...(sources.get(target) ?? []), id]);
  const found = new Set<string>();
  const waiting = [...(sources.get(node) ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(sources.get(id) ?? []));
  }
  return found;
}
