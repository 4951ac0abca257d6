import { parseArgs } from 'node:util';
import { log } from '../../functions/kit/log.ts';
import { type Erasure, runErasure, type Way } from './erase/erase-schedule.ts';
import type { Verify } from './run.ts';

const shownMax = 5;
const controls: readonly Way[] = ['naive', 'tombstone last'];

/** One that cannot come to its end has failed, too. */
const tracesOfSeed = async (seed: number, way: Way): Promise<Erasure> => {
  try {
    return await runErasure(seed, way);
  } catch (fault) {
    const told = fault instanceof Error ? fault.message : String(fault);
    return { traces: [`it ended with: ${told}`], refused: 0, seconds: 0, crashes: 0 };
  }
};

/** How many of the seeds notice that erasure is done in another way. */
const noticing = async (way: Way, seeds: number): Promise<number> => {
  let noticed = 0;
  let first = '';
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { traces } = await tracesOfSeed(seed, way);
    if (traces.length > 0) noticed += 1;
    first ||= traces[0] ?? '';
  }
  console.log(`control ${way}: noticed by ${noticed} of ${seeds} schedules, first by: ${first}`);
  return noticed;
};

/**
 * Histories in which somebody is erased while their events are being folded, are merged and are told to destinations,
 * workers end in the middle of anything, and everything comes again afterwards: nothing of them is left anywhere. Who
 * deletes rows, and who puts the tombstone last, must be noticed.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      schedules: { type: 'string', default: '200' },
      controls: { type: 'string', default: '40' },
      seed: { type: 'string' },
    },
  });
  log.setLogLevel('SILENT');
  const first = Number(values.seed ?? 1);
  const count = values.seed === undefined ? Number(values.schedules) : 1;
  let [failing, refused, crashes, longest] = [0, 0, 0, 0];
  for (let seed = first; seed < first + count; seed += 1) {
    const erasure = await tracesOfSeed(seed, 'as it is');
    refused += erasure.refused;
    crashes += erasure.crashes;
    longest = Math.max(longest, erasure.seconds);
    if (erasure.traces.length === 0) continue;
    failing += 1;
    if (failing <= shownMax) console.log(`seed ${seed}: ${erasure.traces.slice(0, shownMax).join('; ')}`);
  }
  const noticed = [];
  for (const way of controls) noticed.push(await noticing(way, Number(values.controls)));
  const failed = noticed.filter(one => one > 0).length;
  return {
    line: `erase: ${count} schedules, ${failing} with traces, ${refused} events refused, ${crashes} workers ended, receipt after at most ${longest} s of the platform’s clock; controls failed as they must: ${failed} of ${controls.length}`,
    holds: failing === 0 && refused > 0 && failed === controls.length,
  };
};
