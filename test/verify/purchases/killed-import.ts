import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { freePort } from '../../fixtures/free-port.ts';
import { until } from '../../fixtures/until.ts';
import { type Expected, highValue } from './expected.ts';
import {
  createSegment,
  type Documents,
  documentsOf,
  importPurchases,
  memberIds,
  openScene,
  purchaseFlags,
  startImport,
  sumFaults,
} from './scene.ts';

const halfSecondsMax = 300;

/** What is by chance or by the clock, and stands in no file of purchases: `segments` holds ids. */
const byChance = ['id', 'createdAt', 'updatedAt', 'segments'] as const;

const bytesOf = (documents: Documents, without: readonly string[] = []): Map<string, string> =>
  new Map(
    [...documents].map(([customer, profile]) => {
      const kept = Object.entries(profile).filter(([name]) => !without.includes(name));
      return [customer, JSON.stringify(Object.fromEntries(kept))];
    }),
  );

/** How many of these profiles are not there byte for byte; `without`: what may differ. */
export const differing = (one: Documents, other: Documents, without: readonly string[] = []): number => {
  const [left, right] = [bytesOf(one, without), bytesOf(other, without)];
  const customers = new Set([...left.keys(), ...right.keys()]);
  return [...customers].filter(customer => !isDeepStrictEqual(left.get(customer), right.get(customer))).length;
};

/**
 * Imports a file into a platform of its own, ends both with SIGKILL half way, starts them again, lets the import go on,
 * and runs it once more. Tells what differs from an import that nobody disturbed.
 */
export const killedImportFaults = async (
  file: string,
  expected: Expected,
  undisturbed: Documents,
): Promise<string[]> => {
  const port = await freePort();
  const first = await openScene({ port });
  const { stateDirectory } = first.platform;
  const segment = await createSegment(first);
  const importing = startImport(first, file, ...purchaseFlags);
  const half = async () => (await first.client.getStats()).totalEvents >= expected.rows / 2;
  await until('half of the events', half, halfSecondsMax);
  const ended = once(importing, 'close');
  importing.kill('SIGKILL');
  await Promise.all([ended, first.platform.stop({ signal: 'SIGKILL', keepState: true })]);
  const scene = await openScene({ port, stateDirectory });
  try {
    const { totalEvents } = await scene.client.getStats();
    console.log(`killed with ${totalEvents} of ${expected.rows} events counted`);
    await importPurchases(scene, file);
    const resumed = await documentsOf(scene);
    const faults = await sumFaults(scene, expected, resumed);
    const members = await memberIds(scene, segment.id);
    if (!isDeepStrictEqual(members, highValue(expected).sort())) faults.push(`${members.length} members when resumed`);
    const different = differing(resumed, undisturbed, byChance);
    console.log(`resumed: ${different} of ${resumed.size} profiles differ from the undisturbed import`);
    await importPurchases(scene, file);
    const again = await documentsOf(scene);
    const changed = differing(again, resumed);
    console.log(`and once more: ${changed} of ${again.size} profiles changed`);
    return [
      ...faults,
      ...(await sumFaults(scene, expected, again)),
      ...(different === 0 ? [] : [`${different} profiles are not what an undisturbed import makes`]),
      ...(changed === 0 ? [] : [`${changed} profiles changed by the import after the resumed one`]),
    ];
  } finally {
    await scene.platform.stop();
  }
};
