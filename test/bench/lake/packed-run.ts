import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { LakeRun } from '../../../core/model/lake-partition.ts';
import type { ObjectStore } from '../../../core/ports/object-store.ts';

const eventsPerPerson = 10;

const stored = async (lake: ObjectStore, key: string, body: Uint8Array, rows: number) => {
  const { sizeBytes } = await lake.put(key, body);
  return [{ key, rows, sizeBytes }];
};

/** A sorted run of so many events, ten of each person. */
export const packedRun = async (lake: ObjectStore, events: number, folder: string): Promise<LakeRun> => {
  const people = Math.ceil(events / eventsPerPerson);
  const duckdb = await DuckDBInstance.create(':memory:');
  const connection = await duckdb.connect();
  const write = async (select: string, name: string): Promise<Uint8Array> => {
    const path = join(folder, name);
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2)`);
    return readFile(path);
  };
  const draw = (salt: number, end: number) => `((hash(i * 17 + ${salt}) >> 1)::BIGINT % ${end})`;
  const packed = await write(
    `SELECT (i // ${eventsPerPerson})::UINTEGER AS person, (1760000000 + (i % ${eventsPerPerson}) * 700000 + ${draw(1, 600_000)})::UINTEGER AS second,
      ${draw(2, 12)}::UTINYINT AS type, ${draw(3, 11)}::UTINYINT AS channel, 1::UTINYINT AS currency,
      CASE WHEN ${draw(4, 16)} = 0 THEN ${draw(5, 50_000)} ELSE 0 END::BIGINT AS amount FROM range(${events}) AS numbers(i)`,
    'packed.parquet',
  );
  const names = await write(
    `SELECT i::UINTEGER AS person, printf('profile-%022d', i) AS "personId" FROM range(${people}) AS numbers(i)`,
    'people.parquet',
  );
  connection.closeSync();
  duckdb.closeSync();
  const codes = {
    types: Array.from({ length: 12 }, (_, type) => `type-${type}`),
    channels: Array.from({ length: 11 }, (_, channel) => (channel === 0 ? '' : `channel-${channel}`)),
    currencies: ['', 'USD'],
  };
  return {
    id: 'run',
    rows: events,
    minEventId: 'event-01k7000000000000000000000a',
    maxEventId: 'event-01k7000000000000000000000b',
    minTime: 0,
    maxTime: 0,
    mayRepeat: false,
    files: {
      events: [],
      slim: [],
      packed: await stored(lake, 'packed.parquet', packed, events),
      people: await stored(lake, 'people.parquet', names, people),
      codes: await stored(lake, 'codes.json', Buffer.from(JSON.stringify(codes)), 12),
    },
  };
};
