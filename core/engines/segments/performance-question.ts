import type { Condition } from '../../language/condition.ts';
import { conditionSql } from '../../language/sql/condition-sql.ts';
import { type Hand, handsSql } from '../../language/sql/hands-sql.ts';
import type { Question } from '../../language/sql/question.ts';

export interface AskedPerformance {
  condition: Condition;
  hands: readonly Hand[];
  currency: string;
  /** Epoch ms; `until` excluded. */
  from: number;
  until: number;
  now: number;
}

/**
 * One row for those of whom a condition holds, one for all others: who bought in a period, how often and for how much. A
 * refund that names no amount gives back all that the order was worth.
 */
export const performanceQuestion =
  ({ condition, hands, currency, from, until, now }: AskedPerformance): Question =>
  (dialect, { text, promoted, events = '' }) => {
    const context = { dialect, promoted, id: 'id', now, events, members: handsSql(hands, dialect) };
    const holds = conditionSql(condition, context);
    const inPeriod = (e: string) => `${e}.happened_at >= ${from} AND ${e}.happened_at < ${until}`;
    return {
      text: `WITH people AS (SELECT id, ${holds.text} AS inside FROM ${text}),
        orders AS (SELECT profile_id, coalesce(order_id, event_id) AS name, min_by(amount_minor, event_id) AS amount
          FROM ${events} AS e WHERE type = 'purchase' AND currency = ? AND ${inPeriod('e')} GROUP BY 1, 2),
        bought AS (SELECT profile_id, count(*) AS orders, sum(amount) AS amount FROM orders GROUP BY 1),
        returned AS (SELECT r.profile_id AS profile_id, sum(coalesce(r.amount_minor, orders.amount, 0)) AS amount
          FROM ${events} AS r LEFT JOIN orders ON orders.profile_id = r.profile_id AND orders.name = r.order_id
          WHERE r.type = 'refund' AND (r.currency = ? OR r.amount_minor IS NULL) AND ${inPeriod('r')} GROUP BY 1)
        SELECT inside, count(*) AS profiles, count(bought.profile_id) AS buyers, coalesce(sum(bought.orders), 0) AS orders,
          coalesce(sum(bought.amount), 0) - coalesce(sum(returned.amount), 0) AS revenue
        FROM people LEFT JOIN bought ON bought.profile_id = people.id LEFT JOIN returned ON returned.profile_id = people.id
        GROUP BY inside`,
      values: [...holds.values, currency, currency],
    };
  };
