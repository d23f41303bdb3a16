import type { z } from 'zod';

/** What this project needs to know of a node type; every `NodeDefinition` satisfies it. */
export interface NodeType {
  readonly type: string;
  readonly config: z.ZodObject;
  /** What it needs of the caller's leg. */
  readonly needs: 'none' | 'alive' | 'audio';
  /** Outcomes that are given as another one while they are not wired. */
  readonly givenAs?: Readonly<Record<string, string>>;
  /** It never waits for anything: a circle of such nodes never ends. */
  readonly instant?: boolean;
  /** Its outcomes are not all known from the configuration. */
  readonly dynamicOutcomes?: 'subflow';
  /** Names of the call data that this configuration changes. */
  assigns?(config: never): readonly string[];
  outcomes(config: never): readonly string[];
}

export type NodeCatalogue<Type extends NodeType = NodeType> = ReadonlyMap<string, Type>;

export const catalogueOf = <Type extends NodeType>(types: Iterable<Type>): NodeCatalogue<Type> =>
  new Map(Array.from(types, (type) => [type.type, type]));
