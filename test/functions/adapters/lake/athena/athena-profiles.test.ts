import { afterEach, beforeEach, expect, test } from 'vitest';
import { rewriteSnapshot } from '../../../../../core/flows/rewrite-snapshot.ts';
import { sqlDialects } from '../../../../../core/language/sql/sql-dialect.ts';
import { emptySnapshot } from '../../../../../core/model/snapshot-manifest.ts';
import { athenaProfiles } from '../../../../../functions/adapters/lake/athena/athena-profiles.ts';
import { trinoMacros, useTrinoNames } from '../../../../../functions/adapters/lake/athena/trino-macros.ts';
import { type SnapshotLake, snapshotLake } from '../../../../fixtures/snapshot-lake.ts';
import { shownRows, someHead, somePerson } from '../snapshot/told-parts.ts';

let lake: SnapshotLake;
beforeEach(async () => {
  lake = await snapshotLake();
});
afterEach(() => lake.close());

const tell = (place: string, ...parts: Parameters<SnapshotLake['parts']['add']>[1]) =>
  lake.parts.add({ shard: 'shard-1', first: place, last: place }, parts);

const table = { name: 'profile_snapshot', bucket: 'bucket' };

test('Athena reads from the same files, word for word, who is shown here', async () => {
  await tell(
    '1',
    someHead('a', 1),
    somePerson('a', 1),
    someHead('b', 1),
    somePerson('b', 1),
    someHead('c', 1),
    somePerson('c', 1),
  );
  await rewriteSnapshot(lake.rewriting());
  await tell('2', someHead('a', 2), someHead('b', 2, 'erased'), someHead('d', 1), somePerson('d', 1), someHead('e', 1));
  const manifest = await rewriteSnapshot(lake.rewriting());
  expect(manifest.delta?.rows).toBe(4);
  const { text, promoted } = athenaProfiles(manifest, table);
  const isPro = sqlDialects.athena.listContains('tags', "'vip'");
  const rows = await lake.askFiles(
    [manifest.base, manifest.delta],
    table,
    [...trinoMacros, useTrinoNames],
    `
    SELECT id, events, email FROM ${text} WHERE ${isPro} AND ${sqlDialects.athena.epochMilliseconds('updated_at')} > 0 ORDER BY id`,
  );
  expect(rows).toEqual(await shownRows(lake.engine));
  expect(rows.map(({ id }) => id)).toEqual(['a', 'c', 'd']);
  expect(promoted).toEqual(manifest.promoted);
});

test('where nothing was written yet there is nobody', async () => {
  const { text } = athenaProfiles(emptySnapshot, table);
  await tell('1', someHead('a', 1), somePerson('a', 1));
  const manifest = await rewriteSnapshot(lake.rewriting());
  expect(await lake.askFiles([manifest.base], table, [], `SELECT id FROM ${text}`)).toEqual([]);
});
