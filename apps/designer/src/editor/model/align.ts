import type { CanvasPlace } from '@callwright/scenario';

/** What is aligned: where it is, and how large it is drawn. */
export interface Extent extends CanvasPlace {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export const ALIGNMENTS = ['left', 'center', 'right', 'top', 'middle', 'bottom'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];
export type Axis = 'horizontally' | 'vertically';

type Places = Readonly<Record<string, CanvasPlace>>;
const places = (extents: readonly Extent[], place: (extent: Extent) => CanvasPlace): Places =>
  Object.fromEntries(extents.map((extent) => [extent.id, place(extent)]));

/** Puts edges or middles on one line: that of the outermost, or the middle of all. */
export function align(extents: readonly Extent[], how: Alignment): Places {
  const left = Math.min(...extents.map(({ x }) => x));
  const right = Math.max(...extents.map(({ x, width }) => x + width));
  const top = Math.min(...extents.map(({ y }) => y));
  const bottom = Math.max(...extents.map(({ y, height }) => y + height));
  const to: Readonly<Record<Alignment, (extent: Extent) => CanvasPlace>> = {
    left: ({ y }) => ({ x: left, y }),
    center: ({ y, width }) => ({ x: (left + right - width) / 2, y }),
    right: ({ y, width }) => ({ x: right - width, y }),
    top: ({ x }) => ({ x, y: top }),
    middle: ({ x, height }) => ({ x, y: (top + bottom - height) / 2 }),
    bottom: ({ x, height }) => ({ x, y: bottom - height }),
  };
  return places(extents, to[how]);
}

/** Makes the gaps between neighbours equal; the outermost two stay. */
export function distribute(extents: readonly Extent[], axis: Axis): Places {
  const along = axis === 'horizontally' ? ({ x, width }: Extent) => [x, width] : ({ y, height }: Extent) => [y, height];
  const row = extents.toSorted((a, b) => along(a)[0]! - along(b)[0]!);
  const [first, last] = [row[0], row.at(-1)];
  if (!first || !last) return {};
  const [start, end] = [along(first)[0]!, along(last)[0]! + along(last)[1]!];
  const used = row.reduce((sum, extent) => sum + along(extent)[1]!, 0);
  const gap = (end - start - used) / Math.max(1, row.length - 1);
  let at = start;
  const found: Record<string, CanvasPlace> = {};
  for (const extent of row) {
    found[extent.id] = axis === 'horizontally' ? { x: at, y: extent.y } : { x: extent.x, y: at };
    at += along(extent)[1]! + gap;
  }
  return found;
}
