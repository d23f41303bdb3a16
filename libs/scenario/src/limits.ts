/** What a document may measure. Beyond this it is not a document but an attack, or a mistake. */
export const DOCUMENT_LIMITS = {
  /** Characters of the document as text. */
  text: 4_000_000,
  /** Levels of nesting. */
  depth: 48,
  /** Values of all levels together. */
  values: 200_000,
  /** Characters of any one text in it. */
  string: 100_000,
} as const;

/** Nodes of a scenario that can be published. */
export const MAX_NODES = 5_000;
