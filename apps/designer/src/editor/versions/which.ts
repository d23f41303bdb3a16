/** A document of a scenario: a version by its number, or what is being drawn. */
export type Which = number | typeof DRAFT;
export const DRAFT = 'draft';
