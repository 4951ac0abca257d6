import * as z from 'zod';

/** How a list is asked for: `limit` ≤ 1,000 and either `offset` ≤ 10,000 or the `cursor` of the page before. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  offset: z.coerce.number().int().min(0).max(10_000).optional(),
  /** Short enough to be held against any sort key. */
  cursor: z.string().min(1).max(256).optional(),
});

/** A page: `total` counts the whole list, `nextCursor` is absent on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    total: z.number().int().optional(),
    limit: z.number().int(),
    offset: z.number().int().optional(),
    nextCursor: z.string().optional(),
  });

/** Ids in paths are opaque: one that names nothing is 404, whatever its form. */
export const IdParams = z.strictObject({ id: z.string().min(1).max(200) });

/** A page as it is answered: what was asked for stands beside what was found. */
export const answeredPage = <Item, Found extends { items: Item[] }>(
  { limit, offset }: { limit: number; offset?: number | undefined },
  found: Found,
): Found & { limit: number; offset?: number } => ({ ...found, limit, ...(offset === undefined ? {} : { offset }) });
