import { NAME_KINDS } from '@callwright/nodes';
import { z } from 'zod';

export const usesQuery = z.object({
  kind: z.enum(NAME_KINDS),
  name: z.string().min(1).max(200).optional().meta({ description: 'Only the users of this one.' }),
});

/** Who needs a thing: a link leads to each. */
export const userSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('scenario'),
    id: z.string(),
    name: z.string(),
    draft: z.boolean().meta({ description: 'The draft names it.' }),
    versions: z.array(z.number()).meta({ description: 'Versions that answer calls and name it.' }),
    nodes: z.array(z.string()),
  }),
  z.object({ kind: z.literal('number'), id: z.string(), name: z.string() }),
]);
export type User = z.output<typeof userSchema>;

export const usesReply = z.object({
  items: z.array(z.object({ kind: z.enum(NAME_KINDS), name: z.string(), users: z.array(userSchema) })),
  next: z.null(),
});

/** Of everything that others may need. */
export const removeQuery = z.object({
  force: z.stringbool().default(false).meta({ description: 'Remove it although something needs it.' }),
});
