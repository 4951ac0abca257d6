import type { Behaviour } from '../engines/lookalike/features.ts';
import type { Question } from '../language/sql/question.ts';
import type { QueryEngine } from '../ports/query-engine.ts';

const pageSize = 20_000;
const budgetSeconds = 60;

const times = ['last_purchase_at', 'first_seen_at', 'last_seen_at'] as const;

const pageAfter =
  (after: string): Question =>
  ({ epochMilliseconds }, { text }) => ({
    text:
      `SELECT id, events, purchase_count, ltv_cents, ${times.map(name => `${epochMilliseconds(name)} AS ${name}_ms`).join(', ')} ` +
      `FROM ${text} WHERE id > ? ORDER BY id LIMIT ${pageSize}`,
    values: [after],
  });

const number = (value: unknown): number => Number(value ?? 0);
const time = (value: unknown): number | undefined =>
  value === null || value === undefined ? undefined : Number(value);

/** What is known of everybody, a page of the snapshot after the other. */
export async function* everybodysBehaviour(
  queryEngine: QueryEngine,
): AsyncGenerator<{ id: string; behaviour: Behaviour }[]> {
  let after = '';
  for (;;) {
    const { rows } = await queryEngine.ask(pageAfter(after), budgetSeconds);
    if (rows.length > 0) yield rows.map(row => ({ id: String(row.id), behaviour: behaviourIn(row) }));
    if (rows.length < pageSize) return;
    after = String(rows.at(-1)?.id);
  }
}

const behaviourIn = (row: Record<string, unknown>): Behaviour => ({
  events: number(row.events),
  purchases: number(row.purchase_count),
  revenue: number(row.ltv_cents) / 100,
  lastPurchaseAt: time(row.last_purchase_at_ms),
  firstSeenAt: number(row.first_seen_at_ms),
  lastSeenAt: number(row.last_seen_at_ms),
});
