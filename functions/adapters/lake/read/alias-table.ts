import type { AliasView } from '../../../../core/ports/lake-partitions.ts';
import type { Duckdb } from '../duckdb-connection.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import { quoted } from './lake-columns.ts';
import { LakeMoved } from './lake-moved.ts';

/** A chain of merges is pressed flat with every merge; a longer one is a loop. */
const hopsMax = 10;

const lines = `columns = {"profileId": 'VARCHAR', version: 'BIGINT', life: 'VARCHAR', "into": 'VARCHAR', "at": 'BIGINT'}`;
const columns = '"profileId", version, life, "into"';

interface Told {
  profileId: string;
  life: string;
  into: string | null;
}

/** Who has the events of profiles that were merged or erased, as tables that are made anew when something changes. */
export class AliasTable {
  readonly #name: string;
  readonly #files: Pick<FetchedFiles, 'holding'>;
  readonly #made = new Map<string, string>();
  #last: Promise<unknown> = Promise.resolve();
  #owners: string | undefined;

  constructor(name: string, files: Pick<FetchedFiles, 'holding'>) {
    this.#name = name;
    this.#files = files;
  }

  /** Brings the tables up to what is live, one caller after the other. @throws LakeMoved */
  take(duckdb: Duckdb, { base, merged, hot }: AliasView): Promise<void> {
    const keysOf = (files: readonly { key: string }[]) => files.map(({ key }) => key);
    const done = this.#last.then(async () => {
      await this.#make(duckdb, 'filed', keysOf([...base, ...merged]), list => `read_parquet(${list})`);
      const fresh = keysOf(hot.flatMap(({ aliases }) => aliases ?? []));
      const read = (list: string) => `read_json(${list}, format = 'newline_delimited', compression = 'gzip', ${lines})`;
      await this.#make(duckdb, 'fresh', fresh, read);
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Whoever has the events of each of these profiles now; nobody where they were erased. */
  async survivors(duckdb: Duckdb, ids: readonly string[]): Promise<Map<string, string | undefined>> {
    const found = new Map<string, string | undefined>(ids.map(id => [id, id]));
    for (let hop = 0; hop < hopsMax; hop += 1) {
      const asked = [...new Set([...found.values()].filter(id => id !== undefined))];
      const told = new Map((await this.#newest(duckdb, asked)).map(one => [one.profileId, one]));
      const moves = [...told.values()].filter(({ life }) => life !== 'live');
      if (moves.length === 0) break;
      for (const [id, now] of found) {
        const one = told.get(now ?? '');
        if (one && one.life !== 'live') found.set(id, one.life === 'merged' ? (one.into ?? undefined) : undefined);
      }
    }
    return found;
  }

  /** These profiles and every one whose events they have now. */
  async family(duckdb: Duckdb, id: string): Promise<string[]> {
    const family = new Set([id]);
    let asked = [id];
    for (let hop = 0; hop < hopsMax && asked.length > 0; hop += 1) {
      const rows = await duckdb.rows(`SELECT DISTINCT "profileId" FROM (${this.#all()}) WHERE "into" = ANY($1)`, {
        parameters: [asked],
      });
      const candidates = rows.map(({ profileId }) => String(profileId)).filter(one => !family.has(one));
      const told = await this.#newest(duckdb, candidates);
      asked = told.flatMap(({ profileId, life, into }) =>
        life === 'merged' && asked.includes(into ?? '') ? [profileId] : [],
      );
      for (const one of asked) family.add(one);
    }
    return [...family];
  }

  /** Under whose ids events of these profiles may stand in runs: everybody whom they were ever merged into, too. */
  async everWith(duckdb: Duckdb, ids: readonly string[]): Promise<string[]> {
    const everybody = new Set(ids);
    let asked = [...ids];
    for (let hop = 0; hop < hopsMax && asked.length > 0; hop += 1) {
      const rows = await duckdb.rows(
        `SELECT DISTINCT "into" FROM (${this.#all()}) WHERE "into" IS NOT NULL AND "profileId" = ANY($1)`,
        { parameters: [asked] },
      );
      asked = rows.map(({ into }) => String(into)).filter(one => !everybody.has(one));
      for (const one of asked) everybody.add(one);
    }
    return [...everybody];
  }

  /** A table that tells of everybody who is not live who has their events now, or that nobody has. Tells its name. */
  async owners(duckdb: Duckdb): Promise<string> {
    const [name, made] = [`${this.#name}_owners`, [...this.#made.values()].join(' ')];
    if (this.#owners === made) return name;
    await duckdb.run(`CREATE OR REPLACE TABLE ${name} AS WITH RECURSIVE newest AS (
        SELECT "profileId" AS id, arg_max(life, version) AS life,
          arg_max(CASE life WHEN 'merged' THEN "into" ELSE '' END, version) AS next
        FROM (${this.#all()}) GROUP BY "profileId"),
      gone AS (SELECT id, CASE life WHEN 'merged' THEN next END AS next FROM newest WHERE life <> 'live'),
      way(id, owner, hop) AS (SELECT id, next, 1 FROM gone
        UNION ALL SELECT way.id, gone.next, hop + 1 FROM way JOIN gone ON gone.id = way.owner WHERE hop < ${hopsMax})
      SELECT id, owner FROM way QUALIFY row_number() OVER (PARTITION BY id ORDER BY hop DESC) = 1`);
    this.#owners = made;
    return name;
  }

  #all(): string {
    return `SELECT ${columns} FROM ${this.#name}_filed UNION ALL SELECT ${columns} FROM ${this.#name}_fresh`;
  }

  async #newest(duckdb: Duckdb, ids: readonly string[]): Promise<Told[]> {
    if (ids.length === 0) return [];
    const rows = await duckdb.rows(
      `SELECT "profileId", arg_max(life, version) AS life, arg_max(CASE life WHEN 'merged' THEN "into" ELSE '' END, version) AS "into"
       FROM (${this.#all()}) WHERE "profileId" = ANY($1) GROUP BY "profileId"`,
      { parameters: [ids] },
    );
    return rows as unknown as Told[];
  }

  async #make(duckdb: Duckdb, part: string, keys: readonly string[], read: (list: string) => string): Promise<void> {
    const made = keys.join('\n');
    if (this.#made.get(part) === made) return;
    await this.#files.holding(keys, async paths => {
      const lost = keys.find(key => !paths.has(key));
      if (lost !== undefined) throw new LakeMoved(`${lost} is gone`);
      const list = `[${[...paths.values()].map(quoted).join(', ')}]`;
      const nothing = `(SELECT NULL::VARCHAR AS "profileId", 0::BIGINT AS version, NULL::VARCHAR AS life,
        NULL::VARCHAR AS "into" WHERE false)`;
      const rows = keys.length === 0 ? nothing : read(list);
      await duckdb.run(`CREATE OR REPLACE TABLE ${this.#name}_${part} AS SELECT ${columns} FROM ${rows}`);
    });
    this.#made.set(part, made);
  }
}
