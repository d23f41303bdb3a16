import type { Json } from '@callwright/kernel';
import { nodeType } from '@callwright/nodes';
import { groupsOf, nodesOf, notesOf, variablesOf, type ScenarioDocument } from '@callwright/scenario';
import { groupKey, noteKey } from './annotations.js';

/** A place in the scenario that holds what was looked for. */
export interface Found {
  /** What to select: a node's id, `note:ID`, `group:ID`; null: the scenario itself. */
  readonly select: string | null;
  /** The name of the thing. */
  readonly title: string;
  /** Which part of it: `prompt 1 say`, `id`, `outcome`. */
  readonly where: string;
  /** The text that was found, whole. */
  readonly text: string;
  /** Where in the text. */
  readonly at: number;
  readonly type: string | null;
}

interface Entry {
  readonly select: string | null;
  readonly title: string;
  readonly type: string | null;
  readonly where: string;
  readonly text: string;
}

const entries = new WeakMap<ScenarioDocument, readonly Entry[]>();

/** Every text of a scenario that somebody could look for. */
function entriesOf(document: ScenarioDocument): readonly Entry[] {
  let known = entries.get(document);
  if (!known) entries.set(document, (known = [...read(document)]));
  return known;
}

function* read(document: ScenarioDocument): Generator<Entry> {
  for (const { id, label, type, input, wires } of nodesOf(document).values()) {
    const about = { select: id, title: label ?? id, type };
    yield { ...about, where: 'id', text: id };
    if (label !== null) yield { ...about, where: 'label', text: label };
    yield { ...about, where: 'type', text: nodeType(type)?.title ?? type };
    for (const [where, text] of texts(input, '')) yield { ...about, where, text };
    for (const { outcome, target } of wires) yield { ...about, where: 'outcome', text: `${outcome} → ${target}` };
  }
  for (const [id, { text }] of notesOf(document))
    yield { select: noteKey(id), title: text.slice(0, 40), type: null, where: 'note', text };
  for (const [id, { title }] of groupsOf(document))
    yield { select: groupKey(id), title, type: null, where: 'group', text: title };
  for (const [where, text] of texts(variablesOf(document), 'variables'))
    yield { select: null, title: document.id, type: null, where, text };
}

function* texts(value: Json, path: string): Generator<[path: string, text: string]> {
  if (value === null) return;
  if (typeof value !== 'object') {
    yield [path, String(value)];
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const name = Array.isArray(value) ? String(Number(key) + 1) : key;
    const within = path === '' ? name : `${path} ${name}`;
    // Keys that people gave: of a menu, of call data, of headers.
    if (!Array.isArray(value) && path !== '') yield [path, name];
    yield* texts(inner as Json, within);
  }
}

const MOST = 500;

/** All places that hold the text, whatever the case, in the order of the document. */
export function find(document: ScenarioDocument, query: string): readonly Found[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const found: Found[] = [];
  for (const entry of entriesOf(document)) {
    const at = entry.text.toLowerCase().indexOf(wanted);
    if (at !== -1) found.push({ ...entry, at });
    if (found.length === MOST) break;
  }
  return found;
}

export interface Place {
  readonly id: string;
  readonly title: string;
  readonly type: string;
}

/** Nodes by name, for a jump: those whose name begins with the query first, then those that hold its letters in their order. */
export function nodesByName(document: ScenarioDocument, query: string): readonly Place[] {
  const wanted = query.trim().toLowerCase();
  const ranked = [...nodesOf(document).values()].flatMap(({ id, label, type }) => {
    const title = label ?? nodeType(type)?.title ?? type;
    const rank = Math.min(...[title, id, type].map((text) => rankOf(text.toLowerCase(), wanted)));
    return rank === Infinity ? [] : [{ place: { id, title, type }, rank }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ place }) => place);
}

function rankOf(text: string, wanted: string): number {
  if (wanted === '') return 0;
  const at = text.indexOf(wanted);
  if (at !== -1) return at === 0 ? 0 : /\W/.test(text[at - 1]!) || text[at - 1] === '_' ? 1 : 2;
  let place = -1;
  for (const letter of wanted) {
    place = text.indexOf(letter, place + 1);
    if (place === -1) return Infinity;
  }
  return 3;
}
