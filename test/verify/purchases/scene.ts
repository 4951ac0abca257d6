import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Big from 'big.js';
import { type Client, openClient } from '../../../core/contract/client.ts';
import type { Profile } from '../../../core/model/profile.ts';
import { type RunningPlatform, startPlatform } from '../../fixtures/running-platform.ts';
import { until } from '../../fixtures/until.ts';
import type { Expected } from './expected.ts';

const root = join(import.meta.dirname, '../../..');
const settleSecondsMax = 8 * 60;
const quietLooks = 40;

/** A running platform and its client. */
export interface Scene {
  platform: RunningPlatform;
  client: Client;
}

export const openScene = async (options: Parameters<typeof startPlatform>[0]): Promise<Scene> => {
  const platform = await startPlatform(options);
  return { platform, client: openClient({ baseUrl: platform.url, key: platform.adminKey }) };
};

/** The pipeline has nothing left to do, look after look: between two stages nothing waits anywhere for a moment. */
export const settled = async ({ client }: Scene): Promise<void> => {
  let quiet = 0;
  const isQuiet = async (): Promise<boolean> => {
    const { stages } = await client.getPipeline();
    quiet = stages.every(({ depth = 0, lagMs = 0 }) => depth === 0 && lagMs === 0) ? quiet + 1 : 0;
    return quiet > quietLooks;
  };
  await until('a quiet pipeline', isQuiet, settleSecondsMax);
};

/** `npx cdp import` in a process of its own. */
export const startImport = ({ platform }: Scene, file: string, ...flags: string[]): ChildProcess =>
  spawn(
    process.execPath,
    [join(root, 'bin/cdp.js'), '--url', platform.url, '--key', platform.adminKey, 'import', file, ...flags],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CDP_STATE_DIR: platform.stateDirectory } },
  );

export const importFile = async (scene: Scene, file: string, ...flags: string[]): Promise<void> => {
  const [code] = await once(startImport(scene, file, ...flags), 'close');
  if (code !== 0) throw new Error(`cdp import ended with code ${code}`);
};

/** What tells the import what the columns of a file of purchases are. */
export const purchaseFlags: readonly string[] = [
  ...['--as', 'events', '--type', 'purchase'],
  ...['customerId=customerId', 'timestamp=date', 'properties.quantity=quantity', 'properties.amount=amount'].flatMap(
    map => ['--map', map],
  ),
];

/** Imports a file of purchases and waits until they count. Returns the seconds it took. */
export const importPurchases = async (scene: Scene, file: string): Promise<number> => {
  const started = performance.now();
  await importFile(scene, file, ...purchaseFlags);
  await settled(scene);
  return (performance.now() - started) / 1000;
};

/** Every profile as it is answered, by customer id. */
export type Documents = Map<string, Profile>;

export const documentsOf = async ({ client }: Scene): Promise<Documents> => {
  const found: Documents = new Map();
  let cursor: string | undefined;
  do {
    const page = await client.listProfiles({ query: { limit: 1000, cursor } });
    for (const profile of page.items) found.set(profile.externalIds.customerId ?? '?', profile);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
};

/** What is wrong with the sums: of everybody, and of all together, to the cent. */
export const sumFaults = async (scene: Scene, expected: Expected, found: Documents): Promise<string[]> => {
  const { totalEvents, totalProfiles } = await scene.client.getStats();
  const sum = [...found.values()].reduce((total, { computed }) => total.plus(computed.ltv), new Big(0));
  const isWrong = ([id, { purchases, ltv }]: [string, { purchases: number; ltv: Big }]): boolean => {
    const computed = found.get(id)?.computed;
    return computed?.purchaseCount !== purchases || !ltv.eq(computed.ltv);
  };
  const wrong = [...expected.customers].filter(isWrong);
  return [
    ...(totalEvents === expected.rows ? [] : [`${totalEvents} events instead of ${expected.rows}`]),
    ...(totalProfiles === expected.customers.size ? [] : [`stats tell ${totalProfiles} profiles`]),
    ...(found.size === expected.customers.size ? [] : [`${found.size} profiles listed`]),
    ...(sum.eq(expected.ltv) ? [] : [`ltv sums to ${sum} instead of ${expected.ltv}`]),
    ...(wrong.length === 0 ? [] : [`${wrong.length} customers differ, e.g. ${wrong[0]?.[0]}`]),
  ];
};

/** Customer ids of the members of a segment. */
export const memberIds = async ({ client }: Scene, segmentId: string): Promise<string[]> => {
  const { items } = await client.listMembers({ params: { id: segmentId }, query: { limit: 1000 } });
  return items.map(({ profile }) => profile.externalIds.customerId ?? '?').sort();
};

/** The segment of `highValue` customers. */
export const createSegment = ({ client }: Scene) =>
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
