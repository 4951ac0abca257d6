import type { Condition } from '../../language/condition.ts';
import { conditionSql } from '../../language/sql/condition-sql.ts';
import { type Hand, handsSql } from '../../language/sql/hands-sql.ts';
import type { Question } from '../../language/sql/question.ts';
import type { SqlDialect } from '../../language/sql/sql-dialect.ts';
import type { Statement } from '../../language/sql/statement.ts';
import type { IdentifierType } from '../../model/identifier.ts';
import { consentChannels } from '../../model/profile.ts';
import { consentColumn, nothingPromoted, type Promoted } from '../../model/profile-snapshot.ts';

/** The column of the snapshot in which identifiers of a type stand. */
export const identifierColumns = {
  customerId: 'id_customer',
  email: 'id_email',
  phone: 'id_phone',
  deviceId: 'id_devices',
  anonymousId: 'id_anonymous',
  cookie: 'id_cookies',
  advertisingId: 'id_advertising',
} as const satisfies Record<Exclude<IdentifierType, `custom:${string}`>, string>;

export interface AskedPreview {
  condition: Condition;
  hands: readonly Hand[];
  /** What profiles are by now that the snapshot may tell of as they were: as a relation of the dialect. */
  recent: (dialect: SqlDialect) => Statement | undefined;
  /** So many ids are told. */
  sample: number;
  /** Epoch ms. */
  now: number;
}

const columns = [...Object.values(identifierColumns), ...consentChannels.map(consentColumn)];
const countIf = (condition: string): string => `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;

const sums = [
  'count(*) AS found',
  ...Object.values(identifierColumns).map(column => `count(${column}) AS ${column}`),
  ...consentChannels
    .map(consentColumn)
    .flatMap(said => [`${countIf(said)} AS ${said}`, `${countIf(`NOT ${said}`)} AS no_${said}`]),
].join(', ');

/**
 * How many a condition holds of, how they are known and what they said, and the ids of some: in every row the sums, in
 * each the id of one. Profiles that changed a moment ago are looked at as they are now.
 */
export const previewQuestion =
  ({ condition, hands, recent, sample, now }: AskedPreview): Question =>
  (dialect, profiles) => {
    const told = recent(dialect);
    const beside = { dialect, id: 'id', now, members: handsSql(hands, dialect) };
    const context = { ...beside, ...(profiles.events === undefined ? {} : { events: profiles.events }) };
    const foundIn = (from: string, promoted: Promoted, unless: string): Statement => {
      const holds = conditionSql(condition, { ...context, promoted });
      const text = `SELECT id, ${columns.join(', ')} FROM ${from} WHERE ${holds.text}${unless}`;
      return { text, values: holds.values };
    };
    const found = told
      ? [
          foundIn(profiles.text, profiles.promoted, ' AND id NOT IN (SELECT id FROM recent)'),
          foundIn('recent', nothingPromoted, " AND life = 'live'"),
        ]
      : [foundIn(profiles.text, profiles.promoted, '')];
    const named = [
      ...(told ? [`recent AS (${told.text})`] : []),
      `found AS MATERIALIZED (${found.map(({ text }) => text).join(' UNION ALL ')})`,
    ];
    return {
      text: `WITH ${named.join(', ')}
        SELECT counted.*, everybody.looked_at, page.id AS id FROM (SELECT ${sums} FROM found) AS counted
        CROSS JOIN (SELECT count(*) AS looked_at FROM ${profiles.text}) AS everybody
        LEFT JOIN (SELECT id FROM found ORDER BY id DESC LIMIT ${sample}) AS page ON true ORDER BY page.id DESC`,
      values: [...(told?.values ?? []), ...found.flatMap(({ values }) => values)],
    };
  };
