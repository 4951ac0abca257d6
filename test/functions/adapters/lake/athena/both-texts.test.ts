import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rewriteSnapshot } from '../../../../../core/flows/rewrite-snapshot.ts';
import type { Question } from '../../../../../core/language/sql/question.ts';
import { sqlDialects } from '../../../../../core/language/sql/sql-dialect.ts';
import type { Relation } from '../../../../../core/language/sql/statement.ts';
import { emptySnapshot, type SnapshotManifest } from '../../../../../core/model/snapshot-manifest.ts';
import { athenaProfiles } from '../../../../../functions/adapters/lake/athena/athena-profiles.ts';
import { trinoMacros, useTrinoNames } from '../../../../../functions/adapters/lake/athena/trino-macros.ts';
import { columnsWith } from '../../../../../functions/adapters/lake/snapshot/snapshot-columns-sql.ts';
import { type SnapshotLake, snapshotLake } from '../../../../fixtures/snapshot-lake.ts';
import { someHead, somePerson } from '../snapshot/told-parts.ts';

const table = { name: 'profiles', bucket: 'bucket' };

/** Questions as the platform asks them, the text in either dialect over a relation `everybody`, and what they give. */
const questions: [name: string, question: Question, duckdb: string, athena: string, answer: unknown[]][] = [
  [
    'who has a tag and a custom field',
    (sql, { text }) => ({
      text: `SELECT id FROM ${text} WHERE ${sql.listContains('tags', "'vip'")} AND ${sql.jsonMemberText('custom_fields', 'plan')} = 'p1' ORDER BY id`,
      values: [],
    }),
    `SELECT id FROM everybody WHERE list_contains(tags, 'vip') AND json_extract_string(custom_fields, '$."plan"') = 'p1' ORDER BY id`,
    `SELECT id FROM everybody WHERE contains(tags, 'vip') AND json_extract_scalar(custom_fields, '$["plan"]') = 'p1' ORDER BY id`,
    [{ id: 'a' }, { id: 'd' }],
  ],
  [
    'what people are worth, by the day of the week on which they came',
    (sql, { text }) => ({
      text: `SELECT ${sql.weekday('created_at')} AS day, count(*) AS people, sum(ltv_cents) AS cents, ${sql.percentile('ltv_cents', 0.5)} AS middle FROM ${text} GROUP BY ${sql.weekday('created_at')}`,
      values: [],
    }),
    'SELECT isodow(created_at) AS day, count(*) AS people, sum(ltv_cents) AS cents, quantile_disc(ltv_cents, 0.5) AS middle FROM everybody GROUP BY isodow(created_at)',
    'SELECT day_of_week(created_at) AS day, count(*) AS people, sum(ltv_cents) AS cents, approx_percentile(ltv_cents, 0.5) AS middle FROM everybody GROUP BY day_of_week(created_at)',
    [{ day: 4, people: 3, cents: 400, middle: 100 }],
  ],
  [
    'who was changed since a time, by a pattern of the address',
    (sql, { text }) => ({
      text: `SELECT id, ${sql.epochMilliseconds('updated_at')} AS at, ${sql.listLength('tags')} AS tags FROM ${text} WHERE updated_at >= ${sql.timestampOf('1002')} AND ${sql.matchesPattern('email', "'^[a-c]-'")} ORDER BY id`,
      values: [],
    }),
    `SELECT id, epoch_ms(updated_at) AS at, len(tags) AS tags FROM everybody WHERE updated_at >= epoch_ms(CAST(1002 AS BIGINT)) AND regexp_matches(email, '^[a-c]-') ORDER BY id`,
    `SELECT id, CAST(round(to_unixtime(updated_at) * 1000) AS BIGINT) AS at, cardinality(tags) AS tags FROM everybody WHERE updated_at >= CAST(from_unixtime(CAST(1002 AS DOUBLE) / 1000) AS TIMESTAMP) AND regexp_like(email, '^[a-c]-') ORDER BY id`,
    [{ id: 'a', at: 1002, tags: 2 }],
  ],
];

let lake: SnapshotLake;
let manifest: SnapshotManifest;

/** Somebody in the base alone, somebody changed since, somebody gone, somebody new, somebody not wholly told. */
beforeAll(async () => {
  lake = await snapshotLake();
  const tell = (place: string, ...parts: Parameters<SnapshotLake['parts']['add']>[1]) =>
    lake.parts.add({ shard: 'shard-1', first: place, last: place }, parts);
  const both = (id: string) => [someHead(id, 1), somePerson(id, 1)];
  await tell('1', ...both('a'), ...both('b'), someHead('c', 1), somePerson('c', 2));
  await rewriteSnapshot(lake.rewriting());
  await tell('2', someHead('a', 2), someHead('b', 2, 'erased'), ...both('d'), someHead('e', 1));
  manifest = await rewriteSnapshot(lake.rewriting());
});
afterAll(() => lake.close());

const everybody: Relation = { text: 'everybody', promoted: emptySnapshot.promoted };

describe.each(questions)('%s', (_name, question, duckdb, athena, answer) => {
  test('has these texts', () => {
    expect(question(sqlDialects.duckdb, everybody).text).toBe(duckdb);
    expect(question(sqlDialects.athena, everybody).text).toBe(athena);
  });

  test('gives the same in DuckDB and, word for word as Athena is asked, over the same files', async () => {
    expect((await lake.engine.ask(question, 20)).rows).toEqual(answer);
    const { text } = question(sqlDialects.athena, athenaProfiles(manifest, table));
    const files = [manifest.base, manifest.delta];
    expect(await lake.askFiles(files, table, [...trinoMacros, useTrinoNames], text)).toEqual(answer);
  });
});

test('everybody, for Athena, is these files and no others', () => {
  const known: SnapshotManifest = {
    ...emptySnapshot,
    base: { key: 'profiles/files/version=0000000003/b.parquet', rows: 9, sizeBytes: 9 },
    delta: { key: 'profiles/files/version=0000000004/d.parquet', rows: 1, sizeBytes: 1, gone: 0 },
  };
  const { text } = athenaProfiles(known, table);
  const columns = Object.keys(columnsWith(known.promoted)).join(', ');
  expect(text.replaceAll(columns, 'columns').replace(/\s+/g, ' ')).toBe(
    '( SELECT columns FROM profiles' +
      ` WHERE version = '0000000003' AND "$path" = 's3://bucket/profiles/files/version=0000000003/b.parquet'` +
      ` AND id NOT IN (SELECT id FROM profiles WHERE version = '0000000004' AND "$path" = 's3://bucket/profiles/files/version=0000000004/d.parquet')` +
      ` UNION ALL SELECT columns FROM profiles` +
      ` WHERE version = '0000000004' AND "$path" = 's3://bucket/profiles/files/version=0000000004/d.parquet'` +
      ` AND life = 'live' AND person_version IS NOT NULL ) AS profiles`,
  );
});
