import type { JsonObject } from '@callwright/kernel';
import { apiError } from '../errors.js';
import type { Finding } from './scenarios.schemas.js';

export interface GivenDocument {
  readonly id: string;
  readonly document: JsonObject;
}

/** What is stored: the document in its canonical writing. Throws when it is no document at all. */
export function documentOf(given: JsonObject): GivenDocument {
  const { id } = given;
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]{0,63}$/.test(id)) throw apiError('scenario.no-document');
  return { id, document: given };
}

/** What a new scenario begins with. */
export function firstDocument(id: string, name: string): GivenDocument {
  return {
    id,
    document: {
      id,
      meta: { format: 1, name },
      initial: 'answer',
      states: {
        answer: { meta: { canvas: { x: 0, y: 0 } }, invoke: { src: 'answer', input: {}, onDone: [] } },
        Ended: { type: 'final' },
      },
    },
  };
}

export function findingsOf(_document: JsonObject): Finding[] {
  return [];
}
