/** How far a text is from the top of the page: in inches, millimetres, or lines of text (six an inch). */
export const FAX_UNITS = ['inches', 'mm', 'lines'] as const;
export type FaxUnit = (typeof FAX_UNITS)[number];

/** `replace`: what was on that line of the page is removed; `overlay`: it stays below the text. */
export const FAX_TEXT_MODES = ['replace', 'overlay'] as const;
export type FaxTextMode = (typeof FAX_TEXT_MODES)[number];

/** A line of text on pages. `{page}` and `{pages}` in it are the number of the page and of all pages. */
export interface FaxPageText {
  readonly left: string;
  readonly centre: string;
  readonly right: string;
  readonly fromTop: number;
  readonly unit: FaxUnit;
  readonly mode: FaxTextMode;
  /** Pages that get it, from 1; empty: every page. */
  readonly pages: readonly number[];
}

/** What a cover page says; lines without a text are left out. */
export interface FaxCover {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly message: string;
}

/** How a document is made of others; the steps are done in the order of the fields. */
export interface FaxBuild {
  /** Name of the new document. */
  readonly name: string;
  /** Documents that follow one another. */
  readonly documents: readonly string[];
  /** Documents whose pages are put in before a page of what there is so far. */
  readonly inserts: readonly { readonly document: string; readonly before: number }[];
  readonly cover: FaxCover | null;
  readonly texts: readonly FaxPageText[];
}

const MM_PER_INCH = 25.4;
const LINES_PER_INCH = 6;

/** The distance from the top in pixels, on a page of that many pixels an inch. */
export function pixelsFromTop({ fromTop, unit }: Pick<FaxPageText, 'fromTop' | 'unit'>, dpi: number): number {
  const inches = unit === 'inches' ? fromTop : unit === 'mm' ? fromTop / MM_PER_INCH : fromTop / LINES_PER_INCH;
  return Math.round(inches * dpi);
}

/** The text of a page, its numbers filled in. */
export const withPageNumbers = (text: string, page: number, pages: number): string =>
  text.replaceAll('{page}', String(page)).replaceAll('{pages}', String(pages));
