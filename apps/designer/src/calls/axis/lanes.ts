import type { LoggedEvent } from '../../api/types.js';
import { promptText } from '../../editor/model/promptText.js';

/** A stretch of time; `to` null: it goes on. Times are ms since the epoch. */
export interface Bar {
  readonly key: string;
  readonly from: number;
  readonly to: number | null;
  readonly label: string;
  readonly detail: string;
  /** Of the event that began it. */
  readonly seq: number;
  readonly tone?: 'ringing' | 'talking' | 'held' | undefined;
  /** Node type, for its colour. */
  readonly type?: string | undefined;
}

export interface Mark {
  readonly seq: number;
  readonly at: number;
  readonly label: string;
}

export interface Lanes {
  readonly nodes: readonly Bar[];
  readonly prompts: readonly Bar[];
  readonly digits: readonly Mark[];
  readonly legs: readonly { readonly leg: string; readonly bars: readonly Bar[] }[];
  readonly recordings: readonly { readonly name: string; readonly from: number; readonly to: number | null }[];
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The log of a call as stretches of time, one lane for each kind of thing. */
export function lanesOf(events: readonly LoggedEvent[]): Lanes {
  const nodes: Bar[] = [];
  const prompts: Bar[] = [];
  const digits: Mark[] = [];
  const legs = new Map<string, Bar[]>();
  const recordings: { name: string; from: number; to: number | null }[] = [];
  const close = (bars: Bar[], match: (bar: Bar) => boolean, to: number, more: Partial<Bar> = {}) => {
    const index = bars.findLastIndex((bar) => bar.to === null && match(bar));
    const bar = bars[index];
    if (bar) bars[index] = { ...bar, to, ...more };
  };
  for (const event of events) {
    const at = Date.parse(event.at);
    const { seq } = event;
    const node = word(event['node']);
    const leg = word(event['leg']);
    switch (event.name) {
      case 'node.entered': {
        const { type } = event;
        nodes.push({ key: `n${seq}`, from: at, to: null, label: node, detail: '', seq, type: word(type) });
        break;
      }
      case 'node.left':
        close(nodes, ({ label }) => label === node, at, { detail: word(event['outcome']) });
        break;
      case 'prompt.started':
        prompts.push({ key: `p${seq}`, from: at, to: null, label: promptText(event['parts']) ?? '', detail: leg, seq });
        break;
      case 'prompt.ended':
        close(prompts, ({ detail }) => detail === leg, at);
        break;
      case 'digit.received':
        if (leg === 'caller') digits.push({ seq, at, label: word(event['digit']) || '•' });
        break;
      case 'leg.added':
      case 'leg.state-changed': {
        const bars = legs.get(leg) ?? [];
        legs.set(leg, bars);
        const state = event.name === 'leg.added' ? 'calling' : word(event['to']);
        close(bars, () => true, at);
        if (state !== 'ended')
          bars.push({ key: `l${seq}`, from: at, to: null, label: state, detail: leg, seq, tone: toneOf(state) });
        break;
      }
      case 'leg.ended':
        close(legs.get(leg) ?? [], () => true, at);
        break;
      case 'recording.started':
        recordings.push({ name: word(event['recording']), from: at, to: null });
        break;
      case 'recording.ended': {
        const index = recordings.findLastIndex(({ name, to }) => to === null && name === event['recording']);
        const recording = recordings[index];
        if (recording) recordings[index] = { ...recording, to: at };
        break;
      }
      default:
        break;
    }
  }
  return { nodes, prompts, digits, legs: [...legs].map(([leg, bars]) => ({ leg, bars })), recordings };
}

const toneOf = (state: string): Bar['tone'] =>
  state === 'answered' ? 'talking' : state === 'held' ? 'held' : 'ringing';

/** Round moments to write on an axis of this length, about `count` of them. */
export function ticksOf(lengthMs: number, count: number): readonly number[] {
  const steps = [
    100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000,
  ];
  const step = steps.find((one) => lengthMs / one <= count) ?? 7_200_000;
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, index) => index * step);
}
