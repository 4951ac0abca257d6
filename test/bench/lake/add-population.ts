import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { emptySnapshot, snapshotFileKey } from '../../../core/model/snapshot-manifest.ts';
import type { SnapshotPart } from '../../../core/model/snapshot-part.ts';
import type { SnapshotLake } from '../../fixtures/snapshot-lake.ts';
import { populationPromoted, populationRows } from './snapshot-population.ts';

const partsPerBatch = 1000;

/** A base of so many profiles, as if it had been written a moment ago. */
export const addPopulation = async ({ lake, snapshots, clock }: SnapshotLake, profiles: number): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'population-'));
  const path = join(folder, 'base.parquet');
  const duckdb = await DuckDBInstance.create(':memory:');
  const connection = await duckdb.connect();
  const format = 'FORMAT parquet, PARQUET_VERSION V2, COMPRESSION zstd, COMPRESSION_LEVEL 1';
  await connection.run(`COPY (${populationRows(profiles)}) TO '${path}' (${format})`);
  connection.closeSync();
  duckdb.closeSync();
  const { key, sizeBytes } = await lake.put(snapshotFileKey(1, 'population'), await readFile(path));
  await rm(folder, { recursive: true });
  const base = { key, rows: profiles, sizeBytes };
  await snapshots.add({ ...emptySnapshot, version: 1, base, baseAt: clock.at, promoted: populationPromoted });
};

/** Tells the snapshot of changes, in batches of one shard. */
export const tellChanges = async (
  { parts }: SnapshotLake,
  told: readonly SnapshotPart[],
  shard: string,
): Promise<void> => {
  for (let first = 0; first < told.length; first += partsPerBatch) {
    const place = { shard, first: String(first), last: String(first + partsPerBatch) };
    await parts.add(place, told.slice(first, first + partsPerBatch));
  }
};
