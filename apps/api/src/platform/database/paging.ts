import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { invalid } from '../../errors.js';

/** `?limit=` and `?cursor=` of every list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'How many items at most.' }),
  cursor: z.string().max(500).optional().meta({ description: '`next` of the page before.' }),
});
export type PageQuery = z.output<typeof pageQuery>;

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** The schema of a page of these items. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'Cursor of the next page; null at the end.' }),
  });

const cursorSchema = z.tuple([z.string(), z.string()]);

const encodeCursor = (key: readonly [string, string]) => Buffer.from(JSON.stringify(key)).toString('base64url');

export function decodeCursor(cursor: string): [string, string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw invalid([{ path: 'cursor', message: 'is not a cursor of this list' }]);
  }
}

interface Order<T> {
  /** The property whose order the list has; ties are broken by `tie`. */
  readonly by: string;
  readonly tie: string;
  readonly key: (row: T) => readonly [string, string];
}

const newestFirst = {
  by: 'createdAt',
  tie: 'id',
  key: (row: ObjectLiteral) => [row['createdAt'] as string, row['id'] as string] as const,
};

/** One page of a query, newest first; the place is kept as a key and not as a count, so that new rows do not shift it. */
export async function page<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { limit, cursor }: PageQuery,
  order: Order<T> = newestFirst,
): Promise<Page<T>> {
  const { by, tie } = { by: `${query.alias}.${order.by}`, tie: `${query.alias}.${order.tie}` };
  if (cursor !== undefined) {
    const [value, id] = decodeCursor(cursor);
    if (Number.isNaN(Date.parse(value))) throw invalid([{ path: 'cursor', message: 'is not a cursor of this list' }]);
    query.andWhere(`(${by} < :cursorValue OR (${by} = :cursorValue AND ${tie} < :cursorId))`, {
      cursorValue: value,
      cursorId: id,
    });
  }
  const rows = await query
    .orderBy(by, 'DESC')
    .addOrderBy(tie, 'DESC')
    .take(limit + 1)
    .getMany();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor(order.key(last)) : null };
}
