import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { freePort } from '../fixtures/free-port.ts';
import { type Receiving, startReceiving } from '../fixtures/receiving.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { until } from '../fixtures/until.ts';
import { type Expected, expectedOf, highValue } from './purchases/expected.ts';
import {
  createSegment,
  memberIds,
  openScene,
  purchaseFlags,
  type Scene,
  settled,
  startImport,
} from './purchases/scene.ts';
import type { Verify } from './run.ts';

const [withdrawals, importTriesMax, deliverySecondsMax] = [50, 30, 300];
/** How many of ten kills fall into each part of the run. */
const kills = { import: 4, evaluation: 2, consents: 1, sync: 2, withdrawal: 1 };
const killWithinMilliseconds = { import: 9_000, evaluation: 2_500, consents: 4_000, sync: 1_500, withdrawal: 3_000 };
type Part = keyof typeof kills;

const isEven = (id: string): boolean => Number(id) % 2 === 0;

type SceneOptions = NonNullable<Parameters<typeof openScene>[0]>;

/** A platform that is ended with SIGKILL now and then and started again over the same state. */
class Mortal {
  scene: Scene;
  killed = 0;
  readonly #options: SceneOptions;
  readonly #random: SeededRandom;

  constructor(scene: Scene, options: SceneOptions, random: SeededRandom) {
    this.scene = scene;
    this.#options = { ...options, stateDirectory: scene.platform.stateDirectory };
    this.#random = random;
  }

  /** Does the kills of a part of the run, each a random moment after the platform was up. */
  async die(part: Part): Promise<void> {
    for (let left = kills[part]; left > 0; left -= 1) {
      await sleep(this.#random.below(killWithinMilliseconds[part]));
      await this.scene.platform.stop({ signal: 'SIGKILL', keepState: true });
      this.killed += 1;
      this.scene = await openScene(this.#options);
    }
  }
}

/** Runs an import again until it comes to its end, whatever happens to the platform meanwhile. */
const importStubbornly = async (mortal: Mortal, file: string, flags: readonly string[]): Promise<void> => {
  for (let tries = 0; tries < importTriesMax; tries += 1) {
    const [code] = await once(startImport(mortal.scene, file, ...flags), 'close');
    if (code === 0) return;
    await sleep(500);
  }
  throw new Error(`the import of ${file} did not come to its end in ${importTriesMax} tries`);
};

const consentsIn = (folder: string, name: string, ids: readonly string[], agreed: boolean): string => {
  const file = join(folder, name);
  writeFileSync(file, `customerId,agreed\n${ids.map(id => `${id},${agreed}\n`).join('')}`);
  return file;
};

const consentFlags = ['--as', 'consents', '--map', 'customerId=customerId', '--map', 'consent.email=agreed'];

const activate = async ({ client }: Scene, segmentId: string, receiving: Receiving): Promise<void> => {
  const url = `http://127.0.0.1:${receiving.port}/hook`;
  const audience = await client.createAudience({
    body: { name: 'High value', segmentIds: [segmentId], platforms: ['webhook'], config: { webhook: { url } } },
  });
  receiving.trust(audience.signingSecret ?? '');
  await client.activateAudience({ params: { id: audience.id }, body: { platform: 'webhook', operation: 'add' } });
};

/** Waits until the receiver holds as many people, and then until nothing is on its way any more. */
const heldIn = async ({ scene }: Mortal, receiving: Receiving, count: number): Promise<string[]> => {
  await until(`${count} at the receiver`, () => receiving.held().length === count, deliverySecondsMax);
  await settled(scene);
  return receiving.held().sort();
};

const play = async (
  mortal: Mortal,
  { file, folder, expected, receiving }: { file: string; folder: string; expected: Expected; receiving: Receiving },
): Promise<string[]> => {
  const faults: string[] = [];
  const hold = (what: string, found: readonly string[], wanted: readonly string[]): void => {
    console.log(`${what}: ${found.length}`);
    if (!isDeepStrictEqual(found, [...wanted].sort()))
      faults.push(`${what}: ${found.length} instead of ${wanted.length}`);
  };
  await Promise.all([importStubbornly(mortal, file, purchaseFlags), mortal.die('import')]);
  await settled(mortal.scene);
  const segment = await createSegment(mortal.scene);
  await mortal.die('evaluation');
  const isDone = async () =>
    (await mortal.scene.client.getJob({ params: { id: segment.jobId } })).status === 'completed';
  await until('the evaluation', isDone, deliverySecondsMax);
  hold('members', await memberIds(mortal.scene, segment.id), highValue(expected));
  const consents = consentsIn(folder, 'consents.csv', [...expected.customers.keys()].filter(isEven), true);
  await Promise.all([importStubbornly(mortal, consents, consentFlags), mortal.die('consents')]);
  await activate(mortal.scene, segment.id, receiving);
  await mortal.die('sync');
  const consenting = highValue(expected).filter(isEven).sort();
  hold('delivered', await heldIn(mortal, receiving, consenting.length), consenting);
  const withdrawn = consenting.slice(0, withdrawals);
  const file50 = consentsIn(folder, 'withdrawals.csv', withdrawn, false);
  await Promise.all([importStubbornly(mortal, file50, consentFlags), mortal.die('withdrawal')]);
  const left = consenting.slice(withdrawals);
  hold('left after the withdrawals', await heldIn(mortal, receiving, left.length), left);
  const { bad } = receiving.deliveries();
  return bad === 0 ? faults : [...faults, `${bad} signatures do not hold`];
};

/**
 * The main job under kill -9: purchases are imported, a segment is made of what is there, those who consented are sent,
 * and those who withdraw are taken out again, while the platform is killed at ten random moments.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { file: { type: 'string', default: '' }, seed: { type: 'string', default: '1' } },
  });
  if (!existsSync(values.file)) {
    throw new Error('give a CSV file with the columns customerId,date,quantity,amount: --file <path>');
  }
  const expected = await expectedOf(values.file);
  const folder = mkdtempSync(join(tmpdir(), 'cdp-loop-'));
  const receiving = await startReceiving(folder);
  const options = { port: await freePort(), environment: { CDP_EGRESS_ALLOW: `127.0.0.1:${receiving.port}` } };
  const mortal = new Mortal(await openScene(options), options, seededRandom(Number(values.seed)));
  try {
    const faults = await play(mortal, { file: values.file, folder, expected, receiving });
    const outcome = faults.length > 0 ? faults.join('; ') : 'every count as it must be';
    return { line: `loop: ${mortal.killed} kills, ${outcome}`, holds: faults.length === 0 };
  } finally {
    await mortal.scene.platform.stop();
    receiving.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
