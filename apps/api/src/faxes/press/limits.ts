import { TIFF_LIMITS } from '@callwright/fax';

/** Fine resolution on A4 (ITU-T T.4): what everything that is no fax yet is drawn in. */
export const PAPER = { width: 1728, height: 2292, xDpi: 204, yDpi: 196 } as const;

export const DOCUMENT_LIMITS = {
  maxPages: 500,
  /** Of one page as it comes. */
  maxPixels: TIFF_LIMITS.maxPixels,
  maxBytes: 100 * 1024 * 1024,
} as const;
