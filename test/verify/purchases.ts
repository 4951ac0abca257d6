import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Receiving, startReceiving } from '../fixtures/receiving.ts';
import { until } from '../fixtures/until.ts';
import { type Expected, expectedOf, highValue } from './purchases/expected.ts';
import { differing, killedImportFaults } from './purchases/killed-import.ts';
import {
  createSegment,
  documentsOf,
  importFile,
  importPurchases,
  memberIds,
  openScene,
  type Scene,
  settled,
  sumFaults,
} from './purchases/scene.ts';
import type { Verify } from './run.ts';

const importSecondsMax = 180;

interface Play extends Scene {
  receiving: Receiving;
  folder: string;
}

const activateAudience = async ({ client, receiving }: Play, segmentId: string): Promise<void> => {
  const url = `http://127.0.0.1:${receiving.port}/hook`;
  const audience = await client.createAudience({
    body: { name: 'High value', segmentIds: [segmentId], platforms: ['webhook'], config: { webhook: { url } } },
  });
  receiving.trust(audience.signingSecret ?? '');
  await client.activateAudience({ params: { id: audience.id }, body: { platform: 'webhook', operation: 'add' } });
};

const isEven = (id: string): boolean => Number(id) % 2 === 0;

const importConsents = async (scene: Play, { customers }: Expected): Promise<void> => {
  const file = join(scene.folder, 'consents.csv');
  const rows = [...customers.keys()].filter(isEven).map(id => `${id},true\n`);
  writeFileSync(file, `customerId,agreed\n${rows.join('')}`);
  const mapped = ['--map', 'customerId=customerId', '--map', 'consent.email=agreed'];
  await importFile(scene, file, '--as', 'consents', ...mapped);
};

const consentFaults = async (scene: Play, expected: Expected): Promise<string[]> => {
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

const play = async (scene: Play, file: string, expected: Expected): Promise<string[]> => {
  const segment = await createSegment(scene);
  await activateAudience(scene, segment.id);
  const seconds = await importPurchases(scene, file);
  console.log(`import and fold: ${seconds.toFixed(0)} s`);
  const first = await documentsOf(scene);
  const faults = await sumFaults(scene, expected, first);
  if (seconds > importSecondsMax) faults.push(`the import took ${seconds.toFixed(0)} s`);
  const again = await importPurchases(scene, file);
  const changed = differing(await documentsOf(scene), first);
  console.log(`the same import again: ${again.toFixed(0)} s, ${changed} profiles changed`);
  if (changed > 0) faults.push('the second import changed something');
  faults.push(...(await sumFaults(scene, expected, first)));
  const members = await memberIds(scene, segment.id);
  if (!isDeepStrictEqual(members, highValue(expected).sort())) faults.push(`${members.length} members of the segment`);
  if (scene.receiving.deliveries().all > 0) faults.push('somebody was sent before anybody consented');
  faults.push(...(await consentFaults(scene, expected)));
  return [...faults, ...(await killedImportFaults(file, expected, first))];
};

const fileIn = (flags: string[]): string => {
  const file = flags[flags.indexOf('--file') + 1];
  if (!flags.includes('--file') || file === undefined || !existsSync(file)) {
    throw new Error('give a CSV file with the columns customerId,date,quantity,amount: --file <path>');
  }
  return file;
};

/**
 * The main job on a file of purchases: golden records with exact sums, an import that changes nothing the second time
 * and nothing when it is killed half way, a segment that fills itself, and exactly the people who consented at a receiver.
 */
export const verify: Verify = async flags => {
  const file = fileIn(flags);
  const expected = await expectedOf(file);
  const folder = mkdtempSync(join(tmpdir(), 'cdp-purchases-'));
  const receiving = await startReceiving(folder);
  const environment = { CDP_EGRESS_ALLOW: `127.0.0.1:${receiving.port}` };
  const scene = await openScene({ environment });
  try {
    const faults = await play({ ...scene, receiving, folder }, file, expected);
    const members = highValue(expected);
    const figure = `${expected.rows} events, ${expected.customers.size} profiles, ltv ${expected.ltv}, ${members.length} members, ${members.filter(isEven).length} sent`;
    return { line: `purchases: ${faults.length > 0 ? faults.join('; ') : figure}`, holds: faults.length === 0 };
  } catch (fault) {
    console.error(scene.platform.output().split('\n').slice(-40).join('\n'));
    throw fault;
  } finally {
    await scene.platform.stop();
    receiving.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
