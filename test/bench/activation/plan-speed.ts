import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Audience } from '../../../core/contract/audiences.ts';
import { PlanTally } from '../../../core/engines/activation/plan-tally.ts';
import { type EstimateTools, estimateActivation } from '../../../core/flows/estimate-activation.ts';
import { tellingFormat } from '../../../core/flows/telling-format.ts';
import { sqlDialects } from '../../../core/language/sql/sql-dialect.ts';
import { nothingPromoted } from '../../../core/model/profile-snapshot.ts';
import { listPartitions } from '../../../core/ports/profile-store.ts';
import { DuckdbEngine } from '../../../functions/adapters/lake/duckdb.ts';
import { columnsWith } from '../../../functions/adapters/lake/snapshot/snapshot-columns-sql.ts';
import { sha256 } from '../../../functions/adapters/sha256.ts';

/** What a plan of a whole audience takes: seconds of the processor, and megabytes of the process at most. */
export interface PlanSpeed {
  people: number;
  rows: number;
  calls: number;
  seconds: number;
  peakMegabytes: number;
}

const idSql = `printf('profile-%09d', i)`;
const idOf = (index: number): string => `profile-${String(index).padStart(9, '0')}`;

/** Everybody as a snapshot has them; two of three agree, and one of fifty of these has taken it back since. */
const profilesSql = (count: number): string => {
  const made: Record<string, string> = {
    id: idSql,
    life: `'live'`,
    first_name: `'Ann' || hash(i, 1) % 1000`,
    last_name: `'Lee' || hash(i, 2) % 5000`,
    country: `['US', 'DE', 'FR', 'GB'][1 + CAST(hash(i, 3) % 4 AS INT)]`,
    city: `'City ' || hash(i, 4) % 500`,
    postal_code: `printf('%05d', hash(i, 5) % 100000)`,
    birth_date: `'1980-01-01'`,
    id_email: `'Person.' || i || '@Example.com'`,
    id_phone: `'+1555' || printf('%07d', i)`,
    id_customer: `'c' || i`,
    consent_tracking: `hash(i, 6) % 3 > 0 AND hash(i, 7) % 50 > 0`,
    consent_sale_sharing: 'true',
  };
  const columns = Object.entries(columnsWith(nothingPromoted)).map(
    ([name, type]) => `CAST(${made[name] ?? 'NULL'} AS ${type}) AS ${name}`,
  );
  return `SELECT ${columns.join(', ')} FROM range(${count}) AS r(i) ORDER BY id`;
};

const audience: Audience = {
  ...{ id: 'audience-1', name: 'Everybody', segmentIds: ['segment-1'], platforms: ['facebook'] },
  config: { facebook: { customAudienceId: '12345678', adAccountId: 'act_123456' } },
  ...{ syncs: [], version: 1, createdAt: '', updatedAt: '' },
};

/** Pages of a list of so many people, as the list index gives them. */
const listOf = (people: number, partition: number, limit: number, after?: string) => {
  const first = after === undefined ? partition : Number(after);
  const profileIds: string[] = [];
  let index = first;
  for (; index < people && profileIds.length < limit; index += listPartitions) profileIds.push(idOf(index));
  return { profileIds, ...(index < people ? { next: String(index) } : {}) };
};

/** Plans an audience of everybody for an ad platform, of whom a tenth is there already, and hashes and counts its rows. */
export const planSpeed = async (people: number): Promise<PlanSpeed> => {
  const folder = join(tmpdir(), `cdp-bench-activation-${process.pid}`);
  const engine = new DuckdbEngine({
    ...{ memoryMegabytes: 200, threads: 1, temporaryDirectory: folder, temporaryMegabytes: 8192 },
  });
  const session = await engine.connect();
  const base = join(folder, 'profiles.parquet');
  try {
    await session.run(`COPY (${profilesSql(people)}) TO '${base}' (FORMAT parquet, COMPRESSION zstd)`);
    const tools = {
      queryEngine: {
        ask: async (question: Parameters<EstimateTools['queryEngine']['ask']>[0]) => {
          const { text, values } = question(sqlDialects.duckdb, {
            text: `read_parquet('${base}')`,
            promoted: nothingPromoted,
          });
          return { rows: await session.rows(text, { parameters: values }), asOf: Date.now() };
        },
      },
      memberships: {
        membersOfPartition: async (_id: string, partition: number, limit: number, after?: string) => {
          const { profileIds, ...page } = listOf(people, partition, limit, after);
          return { members: profileIds.map(profileId => ({ profileId, enteredAt: '' })), ...page };
        },
      },
      recipients: {
        ofPartition: async (_id: string, _platform: string, partition: number, limit: number, after?: string) =>
          listOf(people / 10, partition, limit, after),
      },
      suppressions: { page: async () => ({ items: [] }) },
      ...{ settings: { gdprMode: 'strict', ccpaMode: 'strict' }, sha256, now: () => new Date() },
    } as unknown as EstimateTools;
    const before = process.cpuUsage();
    const tally = new PlanTally(tellingFormat(audience, 'facebook', sha256));
    let rows = 0;
    const target = { audience, platform: 'facebook' as const, active: true };
    const send = (): void => {
      rows += 1;
    };
    await estimateActivation(target, tally, tools, { send });
    const { user, system } = process.cpuUsage(before);
    const peakMegabytes = process.resourceUsage().maxRSS / 1024;
    return { people, rows, calls: tally.told().calls, seconds: (user + system) / 1e6, peakMegabytes };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
};
