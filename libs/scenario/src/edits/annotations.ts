import type { Json, JsonObject } from '@callwright/kernel';
import { ANNOTATION_ID, groupSchema, noteSchema, type Group, type Note, type ScenarioDocument } from '../document.js';
import { scenarioError } from '../errors.js';
import { groupsOf, metaOf, nodesOf } from '../reading.js';
import type { CanvasPlace, Copied } from './edit.js';
import { freeId } from './free-id.js';

type Kind = 'notes' | 'groups';

export function setNote(document: ScenarioDocument, id: string, note: Note | null): ScenarioDocument {
  mustBeId(id);
  if (note !== null && !noteSchema.safeParse(note).success)
    throw scenarioError('scenario.bad-edit', 'This is not a note.', { note: id });
  return put(document, 'notes', { [id]: note });
}

/** A node is in one group at most: joining one leaves another, and a group that nobody is left in goes. */
export function setGroup(document: ScenarioDocument, id: string, group: Group | null): ScenarioDocument {
  mustBeId(id);
  if (group === null) return put(document, 'groups', { [id]: null });
  if (!groupSchema.safeParse(group).success)
    throw scenarioError('scenario.bad-edit', 'This is not a group.', { group: id });
  const nodes = nodesOf(document);
  const unknown = group.nodes.find((node) => !nodes.has(node));
  if (unknown !== undefined)
    throw scenarioError('scenario.unknown-node', `There is no node "${unknown}".`, { node: unknown });
  if (group.nodes.length === 0)
    throw scenarioError('scenario.bad-edit', 'A group holds at least one node.', { group: id });
  const left = groupsFollowing(document, (node) => (group.nodes.includes(node) ? null : node), id);
  return put(left, 'groups', { [id]: { ...group, nodes: [...new Set(group.nodes)] } });
}

/** The groups after their nodes got other ids, or went (null). */
export function groupsFollowing(
  document: ScenarioDocument,
  to: (node: string) => string | null,
  except?: string,
): ScenarioDocument {
  const changes: Record<string, Group | null> = {};
  for (const [id, group] of groupsOf(document)) {
    if (id === except) continue;
    const nodes = group.nodes.flatMap((node) => to(node) ?? []);
    if (nodes.length === group.nodes.length && nodes.every((node, at) => node === group.nodes[at])) continue;
    changes[id] = nodes.length === 0 ? null : { ...group, nodes };
  }
  return Object.keys(changes).length === 0 ? document : put(document, 'groups', changes);
}

/** Notes and groups that come with pasted nodes; `ids`: what became of the nodes' ids. */
export function pasteAnnotations(
  document: ScenarioDocument,
  { notes = {}, groups = {} }: Copied,
  ids: ReadonlyMap<string, string>,
  by: CanvasPlace,
): ScenarioDocument {
  const free = (kind: Kind) => {
    const taken = new Set(Object.keys((metaOf(document)[kind] ?? {}) as JsonObject));
    return (id: string) => {
      const own = freeId(id, taken);
      taken.add(own);
      return own;
    };
  };
  const [noteId, groupId] = [free('notes'), free('groups')];
  const pasted = Object.entries(notes).reduce(
    (whole, [id, note]) => setNote(whole, noteId(id), { ...note, x: note.x + by.x, y: note.y + by.y }),
    document,
  );
  return Object.entries(groups).reduce((whole, [id, group]) => {
    const nodes = group.nodes.flatMap((node) => ids.get(node) ?? []);
    return nodes.length === 0 ? whole : setGroup(whole, groupId(id), { ...group, nodes });
  }, pasted);
}

function put(
  document: ScenarioDocument,
  kind: Kind,
  changes: Readonly<Record<string, Note | Group | null>>,
): ScenarioDocument {
  const { [kind]: before, ...meta } = metaOf(document);
  const entries = Object.entries({ ...(before as JsonObject | undefined), ...changes }).filter(
    (entry): entry is [string, Note] => entry[1] !== null,
  );
  const all = entries.length === 0 ? {} : { [kind]: Object.fromEntries(entries) as Json };
  return { ...document, meta: { ...meta, ...all } };
}

function mustBeId(id: string): void {
  if (!ANNOTATION_ID.test(id)) throw scenarioError('scenario.bad-edit', `"${id}" is not an id of a note or a group.`);
}
