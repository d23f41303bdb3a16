import { nodeType } from '@callwright/nodes';

/** The group of a node type as the stylesheet names its colour; a type that is not known counts as logic. */
export const groupOf = (type: string): string => nodeType(type)?.group ?? 'logic';
