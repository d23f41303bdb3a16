import type { CallEvent } from '@callwright/runtime';
import { useEffect, useRef } from 'react';
import { transcriptOf } from './transcript.js';

export const canSpeak = (): boolean => typeof window !== 'undefined' && 'speechSynthesis' in window;

/** Speaks what the caller hears with the voice of the browser, and stops where the prompt stops. */
export function useSpeaking(events: readonly CallEvent[], on: boolean): void {
  const spoken = useRef(new Set<string>());
  useEffect(() => {
    if (!on || !canSpeak()) return;
    const lines = transcriptOf(events);
    for (const line of lines) {
      if (line.kind !== 'heard' || spoken.current.has(line.key)) continue;
      spoken.current.add(line.key);
      if (!line.playing) continue;
      const text = line.parts.flatMap(({ kind, text: words }) => (kind === 'say' ? [words] : [])).join(' ');
      if (text !== '') window.speechSynthesis.speak(new SpeechSynthesisUtterance(text));
    }
    const last = lines.findLast((line) => line.kind === 'heard');
    const over = lines.some(({ kind }) => kind === 'ended');
    if (over || (last?.kind === 'heard' && last.cut)) window.speechSynthesis.cancel();
  }, [events, on]);
  useEffect(() => {
    if (on || !canSpeak()) return undefined;
    window.speechSynthesis.cancel();
    return undefined;
  }, [on]);
  // Nobody goes on talking to a page that is left.
  useEffect(() => () => (canSpeak() ? window.speechSynthesis.cancel() : undefined), []);
}
