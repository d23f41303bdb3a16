import type { Json } from '@callwright/kernel';
import type { CallEvent } from '@callwright/runtime';
import type { Remark } from './tryOut.js';

export interface HeardPart {
  readonly kind: 'say' | 'play' | 'tone' | 'silence';
  readonly text: string;
}

/** A line of what went on between the caller and the scenario. */
export type Line = { readonly key: string; readonly at: string } & (
  | { readonly kind: 'heard'; readonly parts: readonly HeardPart[]; readonly cut: boolean; readonly playing: boolean }
  | { readonly kind: 'pressed'; readonly digits: string }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'fault'; readonly node: string; readonly text: string }
  | { readonly kind: 'log'; readonly level: string; readonly text: string }
  | { readonly kind: 'ended'; readonly cause: string; readonly by: string }
);

const CALLER = 'caller';

/** The call as the caller knows it: what is heard, pressed and said, oldest first. */
export function transcriptOf(events: readonly CallEvent[], remarks: readonly Remark[] = []): readonly Line[] {
  const lines: Line[] = [];
  const last = () => lines.at(-1);
  const replaceLast = (line: Line) => lines.splice(-1, 1, line);
  let remark = 0;
  const sayBefore = (seq: number, at: string) => {
    for (; remark < remarks.length && (remarks[remark]?.after ?? 0) < seq; remark += 1)
      lines.push({ kind: 'said', key: `r${remark}`, at, text: remarks[remark]?.text ?? '' });
  };
  for (const event of events) {
    sayBefore(event.seq, event.at);
    const here = { key: String(event.seq), at: event.at };
    switch (event.name) {
      case 'prompt.started':
        if (event.leg === CALLER)
          lines.push({ ...here, kind: 'heard', parts: partsOf(event.parts), cut: false, playing: true });
        break;
      case 'prompt.ended': {
        const index = lines.findLastIndex((line) => line.kind === 'heard' && line.playing);
        const line = lines[index];
        if (event.leg === CALLER && line?.kind === 'heard')
          lines[index] = { ...line, playing: false, cut: event.reason !== 'end' };
        break;
      }
      case 'digit.received': {
        if (event.leg !== CALLER) break;
        const digit = event.digit ?? '•';
        const before = last();
        if (before?.kind === 'pressed') replaceLast({ ...before, digits: before.digits + digit });
        else lines.push({ ...here, kind: 'pressed', digits: digit });
        break;
      }
      case 'run.failed':
        lines.push({ ...here, kind: 'fault', node: event.node, text: event.message });
        break;
      case 'log.written':
        lines.push({ ...here, kind: 'log', level: event.level, text: event.message });
        break;
      case 'call.ended':
        lines.push({ ...here, kind: 'ended', cause: event.cause, by: event.endedBy });
        break;
      default:
        break;
    }
  }
  sayBefore(Infinity, events.at(-1)?.at ?? '');
  return lines;
}

function partsOf(parts: Json): readonly HeardPart[] {
  return (parts as readonly Record<string, Json>[]).flatMap((part): HeardPart[] => {
    if (typeof part['say'] === 'string') return [{ kind: 'say', text: part['say'] }];
    if (typeof part['play'] === 'string') return [{ kind: 'play', text: part['play'] }];
    if (typeof part['tone'] === 'string') return [{ kind: 'tone', text: part['tone'] }];
    if (typeof part['silence'] === 'number') return [{ kind: 'silence', text: String(part['silence']) }];
    return [];
  });
}
