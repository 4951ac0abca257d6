import { parseArgs } from 'node:util';
import { priorModel } from '../../core/engines/identity/prior-model.ts';
import { comparedKinds } from '../../core/engines/identity/profile-record.ts';
import { findDuplicates } from '../../core/flows/find-duplicates.ts';
import { defaultIdentityConfig } from '../../core/model/identity-config.ts';
import { tableBlockIndex } from '../../functions/adapters/stores/table-block-index.ts';
import { tableIdentityStore } from '../../functions/adapters/stores/table-identity-store.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { dynamoTable } from '../../functions/adapters/table/dynamo-table.ts';
import { startDynamoDb } from '../fixtures/dynamodb.ts';
import { fillPeople } from './identity/fill-people.ts';
import type { Bench } from './run.ts';

const millisecondsMax = 20;
const possible = 60;

const shareOf = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** How long it takes to find the duplicates of one profile in a table of `--people` (50,000), asked for `--asked` (500). */
export const bench: Bench = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { people: { type: 'string', default: '50000' }, asked: { type: 'string', default: '500' } },
  });
  const dynamodb = await startDynamoDb();
  try {
    const table = dynamoTable(dynamodb.client, dynamodb.tableName);
    const { ids, twins } = await fillPeople(table, Number(values.people));
    const model = priorModel(comparedKinds(defaultIdentityConfig));
    const tools = {
      profiles: tableProfileStore(table),
      blocks: tableBlockIndex(table),
      identity: tableIdentityStore(table),
      identityConfig: { get: async () => defaultIdentityConfig, drop: () => {} },
      matchModel: { get: async () => () => model, drop: () => {} },
    };
    const took: number[] = [];
    let [found, known] = [0, 0];
    const [step, warm] = [Math.max(1, Math.floor(ids.length / Number(values.asked))), 20];
    for (let place = 0; place < ids.length; place += step) {
      const id = ids[place] ?? '';
      const start = performance.now();
      const items = await findDuplicates(id, possible, tools);
      took.push(performance.now() - start);
      const others = twins.get(id) ?? new Set();
      known += others.size;
      found += items.filter(({ profileId }) => others.has(profileId)).length;
    }
    const sorted = took.slice(warm).sort((one, other) => one - other);
    const [p50, p95] = [shareOf(sorted, 0.5), shareOf(sorted, 0.95)];
    return {
      line: `duplicates of one of ${ids.length} profiles: p50 ${p50.toFixed(1)} ms (≤ ${millisecondsMax}), p95 ${p95.toFixed(1)} ms; ${((100 * found) / Math.max(known, 1)).toFixed(0)} % of their ${known} other records found`,
      holds: p50 <= millisecondsMax,
    };
  } finally {
    await dynamodb.stop();
  }
};
