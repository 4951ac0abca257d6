import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QueryStopped, QueryTooLarge, QueryTooSlow } from '../../../../core/ports/query-engine.ts';
import { DuckdbEngine } from '../../../../functions/adapters/lake/duckdb.ts';
import type { Duckdb, Parameter } from '../../../../functions/adapters/lake/duckdb-connection.ts';

const temporaryDirectory = mkdtempSync(join(tmpdir(), 'duckdb-test-'));
const limits = { memoryMegabytes: 256, threads: 2, temporaryDirectory, temporaryMegabytes: 256 };
const engine = new DuckdbEngine(limits);
let duckdb: Duckdb;

beforeAll(async () => {
  duckdb = await engine.connect();
});
afterAll(async () => {
  duckdb.close();
  await engine.close();
  rmSync(temporaryDirectory, { recursive: true });
});

test.each<[string, Parameter, unknown]>([
  ['a text', "Robert'); DROP TABLE x; --", "Robert'); DROP TABLE x; --"],
  ['a whole number of 53 bits', 9_007_199_254_740_991, 9_007_199_254_740_991],
  ['a fraction', 1.5, 1.5],
  ['a truth value', true, true],
  ['nothing', null, null],
])('%s is bound as it is', async (_name, value, expected) => {
  expect(await duckdb.rows('SELECT $1 AS value', { parameters: [value] })).toEqual([{ value: expected }]);
});

test('a list of texts is bound as one value', async () => {
  const parameters = [['one', "t'wo"]];
  const rows = await duckdb.rows('SELECT count(*) AS n FROM range(3) WHERE $1[1] = ANY($1)', { parameters });
  expect(rows).toEqual([{ n: 3 }]);
});

test('rows hold numbers, epoch milliseconds, bytes and exact decimals as text', async () => {
  const sql = `SELECT 7::BIGINT AS whole, make_timestamp(1771151400123000) AS at, 1.25::DECIMAL(28,10) AS amount,
    from_base64('aGk=') AS bytes, ['a', 'b'] AS list, NULL AS nothing`;
  const [row] = await duckdb.rows(sql);
  expect(row).toMatchObject({
    whole: 7,
    at: 1_771_151_400_123,
    amount: '1.2500000000',
    list: ['a', 'b'],
    nothing: null,
  });
  expect(Buffer.from(row?.bytes as Uint8Array).toString()).toBe('hi');
});

test('columns of numbers are packed, others are lists', async () => {
  const { id, name } = await duckdb.columns(`SELECT range AS id, 'n' || range AS name FROM range(3) ORDER BY range`);
  expect(id).toEqual(Float64Array.from([0, 1, 2]));
  expect(name).toEqual(['n0', 'n1', 'n2']);
});

test('times are in UTC', async () => {
  expect(await duckdb.rows(`SELECT current_setting('TimeZone') AS zone`)).toEqual([{ zone: 'UTC' }]);
});

test('nothing is loaded from elsewhere by itself', async () => {
  const names = ['autoinstall_known_extensions', 'autoload_known_extensions'];
  for (const name of names) {
    const [row] = await duckdb.rows(`SELECT current_setting('${name}') AS value`);
    expect(row?.value).toBe(false);
  }
});

describe('a budget', () => {
  const endless = 'SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range * b.range % 7 = 3';

  test('stops a query that takes longer, with a problem that says so', async () => {
    const asked = duckdb.rows(endless, { budgetSeconds: 0.2 });
    await expect(asked).rejects.toThrow(QueryTooSlow);
    await expect(asked).rejects.toThrow('the query was stopped after 0.2 s');
  });

  test.each([0, -1])('that is used up (%i s) asks nothing any more', async budgetSeconds => {
    await expect(duckdb.rows(endless, { budgetSeconds })).rejects.toThrow(QueryTooSlow);
  });

  test('is not waited for when nobody wants the answer any more', async () => {
    const ending = new AbortController();
    const asked = duckdb.rows(endless, { signal: ending.signal, budgetSeconds: 60 });
    setTimeout(() => ending.abort(), 50);
    await expect(asked).rejects.toThrow(QueryStopped);
    await expect(duckdb.rows('SELECT 1', { signal: ending.signal })).rejects.toThrow(QueryStopped);
  });

  test('of memory is a problem of its own', async () => {
    const large = 'SELECT list(range), list(hash(range)) FROM range(200000000) GROUP BY range % 2';
    await expect(duckdb.rows(large)).rejects.toThrow(QueryTooLarge);
    expect(await duckdb.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('leaves the connection as it was', async () => {
    await expect(duckdb.rows(endless, { budgetSeconds: 0.1 })).rejects.toThrow(QueryTooSlow);
    expect(await duckdb.rows('SELECT 1 AS one', { budgetSeconds: 5 })).toEqual([{ one: 1 }]);
  });

  test('does not blame the time for another fault', async () => {
    await expect(duckdb.rows('SELECT nothing FROM nowhere', { budgetSeconds: 5 })).rejects.toThrow(/nowhere/);
  });
});

test('the engine has the memory that it was given, and no more', async () => {
  const [row] = await duckdb.rows(`SELECT current_setting('memory_limit') AS value`);
  expect(row?.value).toBe('244.1 MiB');
});

test('the same query fifty times holds memory flat', async () => {
  const ask = async () => {
    await duckdb.columns('SELECT range AS a, range * 2 AS b, range::VARCHAR AS c FROM range(100000)');
  };
  for (let times = 0; times < 15; times += 1) await ask();
  const before = process.memoryUsage().rss;
  for (let times = 0; times < 50; times += 1) await ask();
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  /** Each result is more than 5 MB outside of the heap: kept, they would be 250 MB. */
  expect(grown).toBeLessThan(80);
}, 60_000);
