import type { Item } from '../../../core/ports/table.ts';

/** Whether an item's `ttl` (epoch seconds) has passed. DynamoDB deletes it only some days later. */
export const isExpired = (item: Item, nowMilliseconds: number): boolean =>
  typeof item.ttl === 'number' && item.ttl <= Math.floor(nowMilliseconds / 1000);
