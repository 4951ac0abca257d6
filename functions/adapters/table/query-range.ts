import type { Query } from '../../../core/ports/table.ts';
import { compareBytes } from './compare-bytes.ts';

/** Whether a sort key lies in the range of a query. */
export const inRange = ({ prefix = '', from = '', to }: Query, sortKey: string): boolean =>
  sortKey.startsWith(prefix) &&
  compareBytes(sortKey, from) >= 0 &&
  (to === undefined || compareBytes(sortKey, to) <= 0);

/** Whether no sort key can lie in the range: DynamoDB refuses such a range instead of answering with nothing. */
export const isEmptyRange = ({ from = '', to }: Query): boolean =>
  to !== undefined && (to === '' || compareBytes(from, to) > 0);

/** Refuses a query that DynamoDB could not answer. @throws Error a mistake of the caller's code */
export const checkQuery = ({ index, pk, prefix, from, to, limit, consistent }: Query): void => {
  if (pk === '') throw new Error('table: a query needs a pk of at least one character');
  if (prefix !== undefined && (from !== undefined || to !== undefined))
    throw new Error('table: a query has a prefix or bounds (from, to), not both');
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1))
    throw new Error(`table: the limit of a query is a whole number of at least 1, not ${limit}`);
  if (index !== undefined && consistent === true)
    throw new Error('table: the list index cannot be read consistently; read the items by their keys');
};
