import { msg } from '../i18n/i18n.js';
import { neighbour, type Direction } from './model/neighbours.js';
import { GRID } from './model/placing.js';
import type { OpenDraft } from './openDraft.js';
import { arrangeOrSay } from './arrangeOrSay.js';

/** What a shortcut works with. */
export interface ShortcutTools {
  readonly open: OpenDraft;
  /** Shows everything. */
  readonly fit: () => void;
  readonly zoom: (by: number) => void;
  /** Middle of what is seen, or the pointer: where something new comes. In places of the canvas. */
  readonly place: () => { readonly x: number; readonly y: number };
  readonly showShortcuts: () => void;
}

export interface Shortcut {
  /** `mod` is Ctrl, and ⌘ on a Mac. The first is shown. */
  readonly keys: readonly string[];
  readonly what: string;
  /** Without it, the browser, or the canvas, does it by itself; the list only tells. False: it was not meant here. */
  readonly run?: (tools: ShortcutTools, event: KeyboardEvent) => void | false;
  /** Also while somebody writes in a field. */
  readonly everywhere?: boolean;
}

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

const only = ({ open: { editor, draft } }: ShortcutTools): string | null => {
  const { document } = draft.getState();
  const [id, ...more] = [...editor.selection()].filter((key) => key in document.states);
  return id !== undefined && more.length === 0 ? id : null;
};

const go =
  (direction: Direction) =>
  (tools: ShortcutTools): void | false => {
    const { editor, draft } = tools.open;
    const { document } = draft.getState();
    const from = only(tools);
    const to =
      from === null
        ? typeof document.initial === 'string'
          ? document.initial
          : null
        : neighbour(document, from, direction);
    if (to !== null && to in document.states) editor.select([to], false, true);
  };

const nudge =
  (dx: number, dy: number) =>
  ({ open: { editor } }: ShortcutTools): void | false =>
    editor.nudge(dx * GRID, dy * GRID);

/** What comes behind the selected node, or, without one, at the pointer. */
const add = (tools: ShortcutTools): void => {
  const { editor } = tools.open;
  const node = only(tools);
  const outcome = node === null ? null : editor.openOutcome(node);
  if (node !== null && outcome !== null) editor.ask({ kind: 'add', from: { node, outcome }, behind: true });
  else editor.ask({ kind: 'add', ...(editor.pointer ? { screen: editor.pointer } : {}) });
};

/** Tab goes on through the page, unless a node of the canvas is selected and has the keyboard. */
const addByTab = (tools: ShortcutTools, event: KeyboardEvent): void | false => {
  const onCanvas = event.target instanceof HTMLElement && event.target.closest('.react-flow__node') !== null;
  const node = only(tools);
  if (!onCanvas || node === null || tools.open.editor.openOutcome(node) === null) return false;
  add(tools);
};

const openInspector = (_tools: ShortcutTools, event: KeyboardEvent): void | false => {
  if (event.target instanceof HTMLElement && event.target.closest('button, a, summary')) return false;
  window.document.querySelector<HTMLElement>('[data-inspector-first]')?.focus();
};

/** Every key of the editor: what it does, and how the list of shortcuts tells it. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: msg('Build'),
    shortcuts: [
      { keys: ['/'], what: msg('Add a node behind the selected one, or at the pointer'), run: add },
      { keys: ['Tab'], what: msg('Add what comes next, while a node is selected'), run: addByTab },
      {
        keys: ['W'],
        what: msg('Wire an outcome of the selected node'),
        run: (tools) => {
          const node = only(tools);
          if (node !== null) tools.open.editor.ask({ kind: 'outcomes', node });
        },
      },
      { keys: ['Enter'], what: msg('Edit the selected node'), run: openInspector },
      { keys: ['N'], what: msg('Add a note'), run: (tools) => tools.open.editor.addNote(tools.place()) },
      { keys: ['G'], what: msg('Group what is selected'), run: ({ open }) => open.editor.group() },
      { keys: ['Shift+G'], what: msg('Take the group away'), run: ({ open }) => open.editor.ungroup() },
      {
        keys: ['Shift+S'],
        what: msg('Make a subflow of what is selected'),
        run: ({ open }) => {
          if (open.editor.selection().size > 0) open.editor.ask({ kind: 'collapse' });
        },
      },
      {
        keys: ['L'],
        what: msg('Arrange the selection, or the whole drawing'),
        run: ({ open }) => arrangeOrSay(open.editor),
      },
    ],
  },
  {
    title: msg('Find your way'),
    shortcuts: [
      { keys: ['→'], what: msg('To the next node along the wire'), run: go('right') },
      { keys: ['←'], what: msg('To the node that leads here'), run: go('left') },
      { keys: ['↑'], what: msg('To the node above'), run: go('up') },
      { keys: ['↓'], what: msg('To the node below'), run: go('down') },
      {
        keys: ['mod+F'],
        what: msg('Find a text anywhere in the scenario'),
        everywhere: true,
        run: ({ open }) => open.editor.ask({ kind: 'find' }),
      },
      {
        keys: ['mod+P', 'mod+G'],
        what: msg('Go to a node'),
        everywhere: true,
        run: ({ open }) => open.editor.ask({ kind: 'go-to' }),
      },
      { keys: ['F'], what: msg('Zoom to fit'), run: ({ fit }) => fit() },
      { keys: ['+', '='], what: msg('Zoom in'), run: ({ zoom }) => zoom(1) },
      { keys: ['-'], what: msg('Zoom out'), run: ({ zoom }) => zoom(-1) },
      { keys: ['?'], what: msg('This list'), run: ({ showShortcuts }) => showShortcuts() },
    ],
  },
  {
    title: msg('Select and move'),
    shortcuts: [
      { keys: ['mod+A'], what: msg('Select all'), run: ({ open }) => open.editor.selectAll() },
      { keys: ['Shift+drag'], what: msg('Select with a frame') },
      { keys: ['Shift+click'], what: msg('Select one more') },
      { keys: ['Escape'], what: msg('Select nothing'), run: ({ open }) => open.editor.select([]) },
      { keys: ['Alt+→'], what: msg('Move the selection to the right'), run: nudge(1, 0) },
      { keys: ['Alt+←'], what: msg('Move the selection to the left'), run: nudge(-1, 0) },
      { keys: ['Alt+↑'], what: msg('Move the selection up'), run: nudge(0, -1) },
      { keys: ['Alt+↓'], what: msg('Move the selection down'), run: nudge(0, 1) },
    ],
  },
  {
    title: msg('Change'),
    shortcuts: [
      { keys: ['mod+Z'], what: msg('Undo'), run: ({ open }) => open.draft.getState().undo() },
      { keys: ['mod+Shift+Z', 'mod+Y'], what: msg('Redo'), run: ({ open }) => open.draft.getState().redo() },
      { keys: ['mod+C'], what: msg('Copy, also to another scenario or tab') },
      { keys: ['mod+X'], what: msg('Cut') },
      { keys: ['mod+V'], what: msg('Paste at the pointer') },
      { keys: ['mod+D'], what: msg('Duplicate'), run: ({ open }) => open.editor.duplicate() },
      {
        keys: ['Delete', 'Backspace'],
        what: msg('Delete what is selected'),
        run: ({ open }) => open.editor.removeSelection(),
      },
      { keys: ['mod+S'], what: msg('Save now'), everywhere: true, run: ({ open }) => void open.flush() },
    ],
  },
];

const NAMES: Readonly<Record<string, string>> = {
  arrowright: '→',
  arrowleft: '←',
  arrowup: '↑',
  arrowdown: '↓',
};
/** Signs that need Shift on some keyboards and not on others. */
const SIGNS = new Set(['?', '/', '+', '=', '-']);

/** `mod+shift+z` */
export function comboOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const key = event.key.toLowerCase();
  return [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey && !SIGNS.has(key) ? 'shift' : '',
    NAMES[key] ?? key,
  ]
    .filter(Boolean)
    .join('+');
}

export const shortcutsByCombo: ReadonlyMap<string, Shortcut> = new Map(
  shortcutGroups.flatMap(({ shortcuts }) =>
    shortcuts.flatMap((shortcut) => (shortcut.run ? shortcut.keys.map((key) => [key.toLowerCase(), shortcut]) : [])),
  ) as [string, Shortcut][],
);
