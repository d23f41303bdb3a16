import type { Json } from '@callwright/kernel';

/** What a prompt says, in a line; null: nothing. Apart from `summary.ts`, which brings all node types along. */
export function promptText(prompt: Json | undefined): string | null {
  if (!Array.isArray(prompt) || prompt.length === 0) return null;
  const texts = prompt.map((part: Record<string, Json>) => {
    if (typeof part['say'] === 'string') return `“${part['say']}”`;
    if (typeof part['play'] === 'string') return `♪ ${part['play']}`;
    if (typeof part['tone'] === 'string') return `${part['tone']} tone`;
    return '…';
  });
  return texts.join(' ');
}
