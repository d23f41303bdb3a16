import { z } from 'zod';

/**
 * One value that a node gives, read as `steps.<node id>.<name>`: what it is, and an example of it, on which expressions are tried while
 * they are written.
 */
export const given = <Schema extends z.ZodType>(schema: Schema, description: string, example: z.output<Schema>) =>
  schema.meta({ description, examples: [example] });

/** Why a leg ended or did not come about; null: it lives. */
export const legCause = given(
  z.string().nullable(),
  'Why nobody is there, such as busy or declined; null: somebody is.',
  null,
);
export const endedBy = given(z.string(), 'Who ended the conversation: caller, agent or system.', 'agent');
export const durationMs = given(z.number(), 'How long it took, in ms.', 42_000);
