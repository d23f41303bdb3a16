import { z } from 'zod';

/** What a page or a program wants to hear of. */
export const subscription = z.object({
  calls: z.union([
    z.literal('all'),
    z.strictObject({ call: z.string().min(1).max(200) }),
    z.strictObject({ scenario: z.string().min(1).max(200) }),
  ]),
});
export type Subscription = z.output<typeof subscription>;

/** What somebody who has a scenario open tells about themselves. */
export const editing = z.object({
  scenario: z.string().min(1).max(200),
  selection: z.array(z.string().max(64)).max(100).default([]),
});
export type Editing = z.output<typeof editing>;

/** Whose calls somebody looks at added up: all, or those of one scenario. */
export const watching = z.object({
  board: z.union([z.literal('all'), z.strictObject({ scenario: z.string().min(1).max(200) })]),
});
export type Watching = z.output<typeof watching>;

/** Which leg of which call a supervisor listens to. */
export const ear = z.object({ call: z.string().min(1).max(200), leg: z.string().min(1).max(64).default('caller') });
export type Ear = z.output<typeof ear>;
