import { ERROR_EVENT, HANG_UP_EVENT } from '../document.js';
import type { TreePath } from './tree.js';

/** What a part of a document is to its author. */
export const ASPECTS = [
  'node',
  'type',
  'label',
  'place',
  'setting',
  'wire',
  'start',
  'hang-up',
  'error',
  'name',
  'id',
  'variable',
  'note',
  'group',
  'other',
] as const;
export type Aspect = (typeof ASPECTS)[number];

/** Which part of a document something is about. */
export interface Subject {
  readonly node: string | null;
  readonly aspect: Aspect;
  /** Within a setting, or the name of a variable: `['prompt', '0']`; of a wire: its outcome; of a note or a group: its id. */
  readonly path: readonly string[];
}

/** What an author calls the place at a path. */
export function subjectOf(path: TreePath): Subject {
  const [part = '', key = '', ...rest] = path;
  if (part === 'states' && path.length > 1) return ofNode(key, rest);
  const scenario = (aspect: Aspect, inner: readonly string[] = []): Subject => ({ node: null, aspect, path: inner });
  if (part === 'initial') return scenario('start');
  if (part === 'id') return scenario('id');
  if (part === 'on' && key === HANG_UP_EVENT) return scenario('hang-up');
  if (part === 'on' && key === ERROR_EVENT) return scenario('error');
  if (part === 'meta' && key === 'name') return scenario('name');
  if (part === 'meta' && key === 'variables') return scenario('variable', rest);
  if (part === 'meta' && key === 'notes') return scenario(isGeometry(rest) ? 'place' : 'note', rest);
  if (part === 'meta' && key === 'groups') return scenario('group', rest);
  return scenario('other', path);
}

/** Where a note lies and how large it is. */
const isGeometry = ([, member]: readonly string[]): boolean =>
  member !== undefined && ['x', 'y', 'width', 'height'].includes(member);

function ofNode(node: string, inner: readonly string[]): Subject {
  const [part, key, ...rest] = inner;
  const of = (aspect: Aspect, path: readonly string[] = []): Subject => ({ node, aspect, path });
  if (part === undefined) return of('node');
  if (part === 'meta' && key === 'canvas') return of('place');
  if (part === 'meta' && key === 'label') return of('label');
  if (part === 'invoke' && (key === undefined || key === 'src')) return of('type');
  if (part === 'invoke' && key === 'input') return of('setting', rest);
  if (part === 'invoke' && key === 'onDone') return of('wire', rest);
  return of('other', inner);
}
