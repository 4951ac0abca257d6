import { parseArgs } from 'node:util';
import { routes } from '../../core/contract/index.ts';
import { anchorAudit } from '../../core/flows/anchor-audit.ts';
import { type AuditFindings, verifyAudit } from '../../core/flows/verify-audit.ts';
import type { Item } from '../../core/ports/table.ts';
import { memoryObjectStore } from '../../functions/adapters/objects/memory-object-store.ts';
import { tableAuditLog } from '../../functions/adapters/stores/table-audit-log.ts';
import { memoryTable } from '../../functions/adapters/table/memory-table.ts';
import { isAudited } from '../../functions/kit/audited.ts';
import { goodRequest } from '../fixtures/good-request.ts';
import { openPlatform, type Platform } from '../fixtures/open-platform.ts';
import { seedPlatform } from '../fixtures/seed-platform.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { type Edit, edits, laneOf } from './audit/edits.ts';
import type { Verify } from './run.ts';

const day = '2026-02-15';

/** Calls every route that is on record; tells those that did not leave exactly one entry with their outcome. */
const callAll = async (platform: Platform): Promise<string[]> => {
  const faults: string[] = [];
  for (const route of routes.filter(isAudited)) {
    await seedPlatform(platform);
    platform.clock.advance(1);
    const asked = { query: { action: route.id, limit: 1000 } };
    const before = (await platform.call('listAudit', asked)).data.items.length;
    const { status } = await platform.call(route.id as 'health', goodRequest(route));
    const { items } = (await platform.call('listAudit', asked)).data;
    const wanted = before + (route.method === 'GET' && status >= 400 ? 0 : 1);
    if (items.length !== wanted) faults.push(`${route.id}: ${items.length - before} entries`);
    else if (wanted > before && items[0]?.status !== status) faults.push(`${route.id}: an entry with another outcome`);
  }
  return faults;
};

const itemsOf = ({ changes }: Platform): Item[] => {
  const items = new Map<string, Item>();
  for (const { after } of changes) if (after?.pk.startsWith('AUDIT#')) items.set(`${after.pk} ${after.sk}`, after);
  return [...items.values()].filter(({ pk }) => pk.includes(day));
};

/** A way to verify: `weakened` ones must miss something. */
interface Watch {
  anchored: boolean;
  keyed: boolean;
}

/** Puts items into a log of its own and verifies it against the anchors of the untouched one. */
const verified = async (items: readonly Item[], anchors: Anchors, watch: Watch): Promise<AuditFindings> => {
  const table = memoryTable();
  await table.writeMany(items.map(item => ({ kind: 'put', item })));
  const log = tableAuditLog(table, anchors.readKey);
  const audit = watch.keyed ? log : { ...log, seal: async () => () => '' };
  const auditAnchors = watch.anchored ? anchors.store : memoryObjectStore();
  const unkeyed = (item: Item) => ({ ...item, m: '', ...(item.o === undefined ? {} : { om: '' }) });
  if (!watch.keyed) await table.writeMany(items.map(item => ({ kind: 'put', item: unkeyed(item) })));
  return verifyAudit([day], { audit, auditAnchors, now: () => new Date(`${day}T23:00:00Z`) });
};

interface Anchors {
  store: Platform['services']['auditAnchors'];
  readKey: () => Promise<Uint8Array>;
}

const isNamed = ({ firstBroken }: AuditFindings, { place }: Edit): boolean =>
  firstBroken !== undefined && laneOf(firstBroken.place) === place.lane && firstBroken.place.index === place.index;

const shuffledEdits = (items: readonly Item[], count: number, random: SeededRandom): Edit[] =>
  Array.from({ length: count }, (_, number) => {
    const kind = edits[number % edits.length] as (typeof edits)[number];
    return kind(items, random);
  });

/**
 * Every route that is on record leaves one entry; then the log is edited in random ways, each of which must be named by
 * its partition and index. A verifier without anchors must miss what was cut, and one without a key what was changed.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { edits: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
  });
  const platform = await openPlatform();
  const faults = await callAll(platform);
  for (let number = 0; number < 150; number += 1) {
    await platform.call('getProfile', { params: { id: seedPlatform.ids.profiles ?? '' } });
    await platform.call('createProfile', { body: {} });
  }
  platform.clock.advance(3_600_000);
  await anchorAudit(platform.services);
  const { keyring, auditAnchors } = platform.services;
  const anchors: Anchors = { store: auditAnchors, readKey: () => keyring.derive('audit log') };
  const items = itemsOf(platform);
  const whole: Watch = { anchored: true, keyed: true };
  const untouched = await verified(items, anchors, whole);
  if (untouched.firstBroken) faults.push(`an untouched log is told broken: ${JSON.stringify(untouched.firstBroken)}`);
  const made = shuffledEdits(items, Number(values.edits), seededRandom(Number(values.seed)));
  let [named, cuts, missedCuts, changes, missedChanges] = [0, 0, 0, 0, 0];
  for (const edit of made) {
    const found = await verified(edit.items, anchors, whole);
    if (isNamed(found, edit)) named += 1;
    else faults.push(`${edit.name} at ${edit.place.lane}/${edit.place.index}: ${JSON.stringify(found.firstBroken)}`);
    if (edit.name === 'cut') {
      cuts += 1;
      if (!(await verified(edit.items, anchors, { ...whole, anchored: false })).firstBroken) missedCuts += 1;
    }
    if (edit.name === 'text changed') {
      changes += 1;
      if (!(await verified(edit.items, anchors, { keyed: false, anchored: false })).firstBroken) missedChanges += 1;
    }
  }
  for (const fault of faults.slice(0, 20)) console.log(fault);
  console.log(`control without anchors: misses ${missedCuts} of ${cuts} cuts`);
  console.log(`control without a key: misses ${missedChanges} of ${changes} changed texts`);
  const controls = missedCuts === cuts && cuts > 0 && missedChanges > 0;
  return {
    line: `audit: ${routes.filter(isAudited).length} routes with one entry each, ${items.length} entries, ${named}/${made.length} edits named, controls failed as they must: ${controls ? 2 : 'no'} of 2`,
    holds: faults.length === 0 && named === made.length && controls,
  };
};
