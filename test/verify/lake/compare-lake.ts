import { runObjects } from '../../../core/engines/lake/apply-compaction.ts';
import type { LakeRun } from '../../../core/model/lake-partition.ts';
import { addDecimals } from '../../../core/model/money.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import { SnapshotMoved } from '../../../core/ports/profile-snapshot.ts';
import { openLakeSession, quoted } from '../../../functions/adapters/lake/write/lake-session.ts';
import { lakeView, type ReadRow } from '../../fixtures/lake-rows.ts';
import type { Loop } from '../../fixtures/run-loop.ts';

interface Sum {
  events: number;
  purchases: number;
  ltv: string;
}

const nothing: Sum = { events: 0, purchases: 0, ltv: '0' };

const livePeople = async (loop: Loop): Promise<ProfileState[]> => {
  const ids = loop.contents().flatMap(({ pk, sk }) => (sk === 'H' && pk.startsWith('P#') ? [pk.slice(2)] : []));
  const states = [...(await loop.services.profiles.getMany(ids)).values()];
  return states.filter(({ head }) => head.life === 'live');
};

const sumOf = ({ head: { counters } }: ProfileState): Sum => ({
  events: counters.events,
  purchases: counters.purchases,
  ltv: counters.ltv,
});

const sumsOf = (rows: readonly ReadRow[]): Map<string, Sum> => {
  const sums = new Map<string, Sum>();
  for (const { profileId, amount } of rows) {
    const { events, purchases, ltv } = sums.get(profileId) ?? nothing;
    const more = amount === null ? 0 : 1;
    sums.set(profileId, { events: events + 1, purchases: purchases + more, ltv: addDecimals(ltv, amount ?? '0') });
  }
  return sums;
};

/** Of everybody the lake must have as many events, as many purchases and the same revenue as the table, and of nobody else. */
export const compareSums = async (loop: Loop, rows: readonly ReadRow[]): Promise<string[]> => {
  const sums = sumsOf(rows);
  const table = new Map((await livePeople(loop)).map(state => [state.id, sumOf(state)]));
  return [...new Set([...sums.keys(), ...table.keys()])].flatMap(id => {
    const [lake, kept] = [sums.get(id) ?? nothing, table.get(id) ?? nothing].map(sum => JSON.stringify(sum));
    return lake === kept ? [] : [`${id} adds up to ${lake} in the lake, ${kept} in the table`];
  });
};

const toldBySnapshot = async (loop: Loop): Promise<Record<string, unknown>[]> => {
  const { rows } = await loop.services.queryEngine.ask(
    (_dialect, { text }) => ({
      text: `SELECT id, events, purchase_count AS purchases, coalesce(ltv_exact, ltv_cents / 100) AS ltv FROM ${text} ORDER BY id`,
      values: [],
    }),
    20,
  );
  return rows;
};

/** The snapshot must tell the same of everybody as the table; its files must be there. */
export const compareSnapshot = async (loop: Loop): Promise<string[]> => {
  const rows = await toldBySnapshot(loop).catch(fault => {
    if (fault instanceof SnapshotMoved) return fault.message;
    throw fault;
  });
  if (typeof rows === 'string') return [`the snapshot cannot be read: ${rows}`];
  const told = rows.map(row => JSON.stringify(row));
  const people = (await livePeople(loop)).sort((left, right) => (left.id < right.id ? -1 : 1));
  const kept = people.map(state => JSON.stringify({ id: state.id, ...sumOf(state), ltv: Number(sumOf(state).ltv) }));
  return told.join() === kept.join() ? [] : [`the snapshot tells ${told.join()}, the table ${kept.join()}`];
};

/** In minor units. */
const sumsIn = (run: LakeRun, path: (key: string) => string): string => {
  const [events, ...narrow] = [run.files.events, run.files.packed, run.files.slim].map(files =>
    files.map(({ key }) => quoted(path(key))).join(', '),
  );
  const total = (column: string, list: string | undefined) =>
    `SELECT count(*)::BIGINT AS rows, coalesce(sum(${column}), 0)::BIGINT AS amount FROM read_parquet([${list}])`;
  return [total('"amountMinor"', events), ...narrow.map(list => total('amount', list))].join(' UNION ALL ');
};

/** Every layout of a run must hold as many events and the same revenue. */
export const compareLayouts = async (loop: Loop): Promise<string[]> => {
  const session = await openLakeSession(loop.services.lake);
  try {
    const wrong: string[] = [];
    for (const run of (await lakeView(loop.services)).flatMap(({ runs }) => runs)) {
      const paths = new Map<string, string>();
      for (const key of runObjects(run)) paths.set(key, (await session.fetch(key)) ?? '');
      const sums = await session.rows(sumsIn(run, key => paths.get(key) ?? ''));
      const told = new Set(sums.map(({ rows, amount }) => `${rows} rows of ${amount}`));
      if (told.size > 1 || Number(sums[0]?.rows) !== run.rows)
        wrong.push(`the layouts of ${run.id} with ${run.rows} rows have ${[...told].join(', ')}`);
    }
    return wrong;
  } finally {
    await session.close();
  }
};
