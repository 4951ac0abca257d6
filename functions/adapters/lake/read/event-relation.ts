import type { AskedEvents } from '../../../../core/ports/query-engine.ts';
import type { Duckdb } from '../duckdb-connection.ts';
import { AliasTable } from './alias-table.ts';
import { type DayFiles, dayFiles, isEmpty } from './day-files.ts';
import type { EventLakeTools } from './duckdb-event-lake.ts';
import { dayRows, withinCalendar } from './event-query.ts';
import { holdingFiles, type PathsOf } from './holding-files.ts';
import { HotTable, hotRows } from './hot-table.ts';
import { lookingAgain } from './looking-again.ts';

/** Lends all events of some types since an instant as a relation, for the time of some work. */
export type LendEvents = <Answer>(
  duckdb: Duckdb,
  asked: AskedEvents,
  work: (relation: string) => Promise<Answer>,
) => Promise<Answer>;

type RelationTools = Omit<EventLakeTools, 'engine'>;

const dayMilliseconds = 86_400_000;
let opened = 0;

/**
 * Every event once, as its last commit tells it, with whoever has it now; those of people who were erased are nobody's.
 * What is read of the files is what the question asks of the relation.
 */
export const lakeEventRelation = (tools: RelationTools): LendEvents => {
  opened += 1;
  const hot = new HotTable(`asked_hot_${opened}`, tools.files, tools.now);
  const aliases = new AliasTable(`asked_aliases_${opened}`, tools.files);
  return (duckdb, asked, work) =>
    lookingAgain(async () => {
      await aliases.take(duckdb, await tools.partitions.aliasView());
      const owners = await aliases.owners(duckdb);
      const days = await daysOf(asked, tools);
      await hot.take(
        duckdb,
        days.flatMap(day => day.hot),
      );
      const files = days.flatMap(({ runs, merged }) => [...runs.flatMap(run => run.files.events), ...merged]);
      return holdingFiles(files, tools.files, pathsOf => work(relationOf(days, asked, { pathsOf, hot, owners })));
    }, tools.files);
};

/** Clocks of others may be a day ahead. */
const daysOf = async ({ from }: AskedEvents, { partitions, now }: RelationTools): Promise<DayFiles[]> => {
  const until = now() + dayMilliseconds;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const first = withinCalendar(from);
  const views = await partitions.view(first <= 0 ? '0000-01-01' : day(first), day(withinCalendar(until)));
  const wanted = { from: first, until: Number.POSITIVE_INFINITY };
  return views.map(view => dayFiles(view, wanted)).filter(one => !isEmpty(one));
};

const columns = `profile_id VARCHAR, event_id VARCHAR, type VARCHAR, happened_at BIGINT, source VARCHAR, properties VARCHAR, amount_minor BIGINT, currency VARCHAR, order_id VARCHAR`;

interface Held {
  pathsOf: PathsOf;
  hot: HotTable;
  owners: string;
}

const relationOf = (days: readonly DayFiles[], asked: AskedEvents, { pathsOf, hot, owners }: Held): string => {
  const rows = dayGroups(days).flatMap(group => {
    const named = group.filter(day => day.hot.length > 0);
    const sources = {
      runs: pathsOf(group.flatMap(day => day.runs.flatMap(run => run.files.events))),
      merged: pathsOf(group.flatMap(day => day.merged)),
      hot: named.length > 0 ? hotRows(hot, named) : undefined,
      mayRepeat: group.some(day => day.mayRepeat),
    };
    return dayRows(sources, asked) ?? [];
  });
  if (rows.length === 0) return `(SELECT ${nothing} WHERE false)`;
  return `(SELECT coalesce(owners.owner, stored."profileId") AS profile_id, stored."eventId" AS event_id, stored.type,
    epoch_ms(stored."timestamp") AS happened_at, stored.source, stored.properties, stored."amountMinor" AS amount_minor,
    stored.currency, stored."orderId" AS order_id
    FROM (${rows.join(' UNION ALL ')}) AS stored LEFT JOIN ${owners} AS owners ON owners.id = stored."profileId"
    WHERE owners.id IS NULL OR owners.owner IS NOT NULL)`;
};

const nothing = columns
  .split(', ')
  .map(column => column.split(' '))
  .map(([name, type]) => `NULL::${type} AS ${name}`)
  .join(', ');

/** Days of which some rows may be there twice are read apart: finding the last commit costs those alone. */
const dayGroups = (days: readonly DayFiles[]): DayFiles[][] =>
  [days.filter(day => day.mayRepeat), days.filter(day => !day.mayRepeat)].filter(group => group.length > 0);
