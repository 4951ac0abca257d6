import { parseArgs } from 'node:util';
import { eraseAgain } from '../../core/flows/erase-again.ts';
import { startErasure } from '../../core/flows/start-erasure.ts';
import { type Identifier, matchKey } from '../../core/model/identifier.ts';
import type { Item } from '../../core/ports/table.ts';
import { log } from '../../functions/kit/log.ts';
import { openAudienceLoop } from '../fixtures/audience-loop.ts';
import { customerEvent } from '../fixtures/customer-events.ts';
import { seededRandom } from '../fixtures/seeded-random.ts';
import { needlesOf } from './erase/needles.ts';
import { tracesOf } from './erase/traces.ts';
import type { Verify } from './run.ts';

const people = 12;
const nameOf = (n: number): string => `Restored-Customer-${n}-of-many`;
const identifiersOf = (customer: string): Identifier[] => [
  { type: 'customerId', value: customer },
  { type: 'email', value: `${customer}@example.com` },
];

interface Restored {
  /** Where those who were erased are found after the restore. */
  traces: string[];
  /** Those who were not erased and are gone. */
  lost: number;
  erased: number;
}

/**
 * Some people are erased, then the table is put back to how it was before: all of it, or half of its items, as a restore
 * that was cut short leaves it.
 */
const restore = async (seed: number, withLedger: boolean): Promise<Restored> => {
  const random = seededRandom(seed);
  const setup = await openAudienceLoop({
    seed,
    overrides: () => ({ queryEngine: { ask: async () => ({ rows: [{ people: 0 }], asOf: 0 }) } }),
  });
  const { loop } = setup;
  const customers = Array.from({ length: people }, (_, n) => nameOf(n));
  await loop.fold(customers.map(one => customerEvent(one, { amount: 150, consent: { email: true } })));
  await setup.activate();
  await loop.run();
  const before: Item[] = structuredClone(loop.contents());
  const gone = random.shuffled(customers).slice(0, 1 + random.below(5));
  const ids = await Promise.all(gone.map(setup.idOf));
  for (const id of ids) await startErasure(id, {}, loop.services);
  await loop.run();
  const half = random.chance(0.3);
  const put = before.filter(
    ({ pk }) => !half || !pk.startsWith('P#') || random.chance(0.5) || ids.includes(pk.slice(2)),
  );
  const kept = loop.contents().filter(({ pk }) => !pk.startsWith('AUDIT#'));
  await loop.table.writeMany(kept.map(({ pk, sk }) => ({ kind: 'delete', key: { pk, sk } })));
  await loop.table.writeMany(put.map(item => ({ kind: 'put', item })));
  loop.skipChanges();
  const erased = withLedger ? await eraseAgain(loop.services, true) : 0;
  await loop.run();
  await setup.pass(1);
  await loop.fold(gone.map(one => customerEvent(one, { amount: 20 })));
  await loop.run();
  const needles = gone.flatMap(one => needlesOf(identifiersOf(one)));
  const found = await tracesOf(loop, { profileIds: ids, needles, whole: false });
  const others = customers.filter(one => !gone.includes(one));
  const owners = await loop.services.profiles.ownersOf(others.flatMap(identifiersOf).map(matchKey));
  const back = await loop.services.profiles.ownersOf(gone.flatMap(identifiersOf).map(matchKey));
  return {
    traces: [...found, ...[...back.values()].map(id => `came back as ${id}`)],
    lost: half ? 0 : others.length * 2 - owners.size,
    erased,
  };
};

/**
 * A table that was restored holds people who were erased since: the ledger beside it erases them again, and nobody else.
 * Without it they must be found.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({ args: flags, options: { restores: { type: 'string', default: '40' } } });
  log.setLogLevel('SILENT');
  let [failing, erased, noticed] = [0, 0, 0];
  const count = Number(values.restores);
  for (let seed = 1; seed <= count; seed += 1) {
    const found = await restore(seed, true);
    erased += found.erased;
    if (found.traces.length > 0 || found.lost > 0) {
      failing += 1;
      console.log(`seed ${seed}: ${found.lost} lost; ${found.traces.slice(0, 5).join('; ')}`);
    }
    if ((await restore(seed, false)).traces.length > 0) noticed += 1;
  }
  return {
    line: `restore: ${count} restores, ${erased} people erased again, ${failing} with traces or losses; without the ledger noticed ${noticed} of ${count}`,
    holds: failing === 0 && erased > 0 && noticed === count,
  };
};
