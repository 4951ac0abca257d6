import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Big from 'big.js';
import type { Client } from '../../core/contract/client.ts';
import { openClient } from '../../core/contract/client.ts';
import { type Receiving, startReceiving } from '../fixtures/receiving.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';
import { type Expected, expectedOf, highValue } from './purchases/expected.ts';
import type { Verify } from './run.ts';

const root = join(import.meta.dirname, '../..');
const importSecondsMax = 8 * 60;
const quietLooks = 40;

interface Scene {
  platform: RunningPlatform;
  client: Client;
  receiving: Receiving;
  folder: string;
}

/** The pipeline has nothing left to do, look after look: between two stages nothing waits anywhere for a moment. */
const settled = async ({ client }: Scene): Promise<void> => {
  let quiet = 0;
  const isQuiet = async (): Promise<boolean> => {
    const { stages } = await client.getPipeline();
    quiet = stages.every(({ depth = 0, lagMs = 0 }) => depth === 0 && lagMs === 0) ? quiet + 1 : 0;
    return quiet > quietLooks;
  };
  await until('a quiet pipeline', isQuiet, importSecondsMax);
};

const importFile = ({ platform }: Scene, file: string, ...flags: string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const program = [join(root, 'bin/cdp.js'), '--url', platform.url, '--key', platform.adminKey];
    const child = spawn(process.execPath, [...program, 'import', file, ...flags], { cwd: root, stdio: 'inherit' });
    child.once('close', code => (code === 0 ? resolve() : reject(new Error(`cdp import ended with code ${code}`))));
  });

const importPurchases = async (scene: Scene, file: string): Promise<number> => {
  const started = performance.now();
  const maps = ['customerId=customerId', 'timestamp=date', 'properties.quantity=quantity', 'properties.amount=amount'];
  const mapped = maps.flatMap(map => ['--map', map]);
  await importFile(scene, file, '--as', 'events', '--type', 'purchase', ...mapped);
  await settled(scene);
  return (performance.now() - started) / 1000;
};

type Found = Record<string, { purchases: number; ltv: string; version: string }>;

const customersIn = async ({ client }: Scene): Promise<Found> => {
  const found: Found = {};
  let cursor: string | undefined;
  do {
    const page = await client.listProfiles({ query: { limit: 1000, cursor } });
    for (const { externalIds, computed, updatedAt } of page.items) {
      const { purchaseCount: purchases, ltv } = computed;
      found[externalIds.customerId ?? '?'] = { purchases, ltv: new Big(ltv).toFixed(2), version: updatedAt };
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
};

const faultsIn = async (scene: Scene, expected: Expected, found: Found): Promise<string[]> => {
  const { totalEvents, totalProfiles } = await scene.client.getStats();
  const sum = Object.values(found).reduce((total, { ltv }) => total.plus(ltv), new Big(0));
  const wrong = [...expected.customers].filter(
    ([id, { purchases, ltv }]) => found[id]?.purchases !== purchases || found[id]?.ltv !== ltv.toFixed(2),
  );
  return [
    ...(totalEvents === expected.rows ? [] : [`${totalEvents} events instead of ${expected.rows}`]),
    ...(totalProfiles === expected.customers.size ? [] : [`stats tell ${totalProfiles} profiles`]),
    ...(Object.keys(found).length === expected.customers.size ? [] : [`${Object.keys(found).length} profiles listed`]),
    ...(sum.eq(expected.ltv) ? [] : [`ltv sums to ${sum} instead of ${expected.ltv}`]),
    ...(wrong.length === 0 ? [] : [`${wrong.length} customers differ, e.g. ${wrong[0]?.[0]}`]),
  ];
};

const memberIds = async ({ client }: Scene, segmentId: string): Promise<string[]> => {
  const { items } = await client.listMembers({ params: { id: segmentId }, query: { limit: 1000 } });
  return items.map(({ profile }) => profile.externalIds.customerId ?? '?').sort();
};

const createSegment = ({ client }: Scene) =>
  client.createSegment({
    body: {
      name: 'High value customers',
      type: 'rule-based',
      rules: {
        operator: 'AND',
        conditions: [
          { field: 'computed.ltv', operator: '>', value: 500 },
          { field: 'computed.purchaseCount', operator: '>=', value: 3 },
        ],
      },
    },
  });

const activateAudience = async ({ client, receiving }: Scene, segmentId: string): Promise<void> => {
  const url = `http://127.0.0.1:${receiving.port}/hook`;
  const audience = await client.createAudience({
    body: { name: 'High value', segmentIds: [segmentId], platforms: ['webhook'], config: { webhook: { url } } },
  });
  receiving.trust(audience.signingSecret ?? '');
  await client.activateAudience({ params: { id: audience.id }, body: { platform: 'webhook', operation: 'add' } });
};

const isEven = (id: string): boolean => Number(id) % 2 === 0;

const importConsents = async (scene: Scene, { customers }: Expected): Promise<void> => {
  const file = join(scene.folder, 'consents.csv');
  const rows = [...customers.keys()].filter(isEven).map(id => `${id},true\n`);
  writeFileSync(file, `customerId,agreed\n${rows.join('')}`);
  const mapped = ['--map', 'customerId=customerId', '--map', 'consent.email=agreed'];
  await importFile(scene, file, '--as', 'consents', ...mapped);
};

const consentFaults = async (scene: Scene, expected: Expected): Promise<string[]> => {
  const consented = highValue(expected).filter(isEven).sort();
  await importConsents(scene, expected);
  await settled(scene);
  await until('every delivery', () => scene.receiving.held().length >= consented.length, 60);
  const held = scene.receiving.held().sort();
  const { all, bad } = scene.receiving.deliveries();
  console.log(`receiver: ${held.length} people held in ${all} deliveries, ${bad} bad signatures`);
  return [
    ...(isDeepStrictEqual(held, consented) ? [] : [`${held.length} at the receiver instead of ${consented.length}`]),
    ...(bad === 0 ? [] : [`${bad} signatures do not hold`]),
  ];
};

const play = async (scene: Scene, file: string, expected: Expected): Promise<string[]> => {
  const segment = await createSegment(scene);
  await activateAudience(scene, segment.id);
  const seconds = await importPurchases(scene, file);
  console.log(`import and fold: ${seconds.toFixed(0)} s`);
  const first = await customersIn(scene);
  const faults = await faultsIn(scene, expected, first);
  if (seconds > importSecondsMax) faults.push(`the import took ${seconds.toFixed(0)} s`);
  const again = await importPurchases(scene, file);
  console.log(`the same import again: ${again.toFixed(0)} s`);
  if (!isDeepStrictEqual(await customersIn(scene), first)) faults.push('the second import changed something');
  faults.push(...(await faultsIn(scene, expected, first)));
  const members = await memberIds(scene, segment.id);
  if (!isDeepStrictEqual(members, highValue(expected).sort())) faults.push(`${members.length} members of the segment`);
  if (scene.receiving.deliveries().all > 0) faults.push('somebody was sent before anybody consented');
  return [...faults, ...(await consentFaults(scene, expected))];
};

const fileIn = (flags: string[]): string => {
  const file = flags[flags.indexOf('--file') + 1];
  if (!flags.includes('--file') || file === undefined || !existsSync(file)) {
    throw new Error('give a CSV file with the columns customerId,date,quantity,amount: --file <path>');
  }
  return file;
};

/**
 * The main job on a file of purchases: golden records with exact sums, an import that changes nothing the second time,
 * a segment that fills itself, and exactly the people who consented at a receiver.
 */
export const verify: Verify = async flags => {
  const file = fileIn(flags);
  const expected = await expectedOf(file);
  const folder = mkdtempSync(join(tmpdir(), 'cdp-purchases-'));
  const receiving = await startReceiving(folder);
  const environment = { CDP_EGRESS_ALLOW: `127.0.0.1:${receiving.port}` };
  const platform = await startPlatform({ environment });
  const client = openClient({ baseUrl: platform.url, key: platform.adminKey });
  try {
    const faults = await play({ platform, client, receiving, folder }, file, expected);
    const members = highValue(expected);
    const figure = `${expected.rows} events, ${expected.customers.size} profiles, ltv ${expected.ltv}, ${members.length} members, ${members.filter(isEven).length} sent`;
    return { line: `purchases: ${faults.length > 0 ? faults.join('; ') : figure}`, holds: faults.length === 0 };
  } catch (fault) {
    console.error(platform.output().split('\n').slice(-40).join('\n'));
    throw fault;
  } finally {
    await platform.stop();
    receiving.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
