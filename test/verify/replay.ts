import { parseArgs } from 'node:util';
import { log } from '../../functions/kit/log.ts';
import { derivedState, differing, unentered } from './replay/derived-state.ts';
import { type ReplayParts, replayControls } from './replay/replay-controls.ts';
import { openReplayScene, type ReplayScene } from './replay/replay-scene.ts';
import type { Verify } from './run.ts';

const shownMax = 5;

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${text} is no whole number of at least 1`);
  return value;
};

interface History {
  seed: number;
  events: number;
  times: number;
}

interface Findings {
  differences: string[];
  faults: number;
}

const profilesIn = ({ loop }: ReplayScene): string =>
  JSON.stringify(loop.contents().filter(({ pk }) => pk.startsWith('P#')));

/** What is wrong with the replays of one history, each of them once with everything there and once with it lost. */
const findingsOf = async ({ seed, events, times }: History, weakened?: Partial<ReplayParts>): Promise<Findings> => {
  const scene = await openReplayScene(seed, events, weakened);
  const before = await derivedState(scene.loop);
  const differences: string[] = [];
  const told = (what: string, keys: readonly string[]): void => {
    if (keys.length > 0) differences.push(`${what}: ${keys.length} differ, e.g. ${keys.slice(0, shownMax).join(', ')}`);
  };
  for (let time = 1; time <= times; time += 1) {
    const there = profilesIn(scene);
    const { replayed, found } = await scene.replay();
    if (replayed !== events || found !== events) differences.push(`${replayed} of ${events} replayed`);
    if (there !== profilesIn(scene)) differences.push(`replay ${time} of what is there changed a profile`);
    told(`replay ${time} of what is there`, differing(before, await derivedState(scene.loop)));
    await scene.lose();
    const lost = await derivedState(scene.loop);
    if (differing(before, lost).length < before.size - 1) differences.push('nothing was lost');
    await scene.replay();
    told(`replay ${time} of what was lost`, differing(before, await derivedState(scene.loop)));
    told(`the ledger after replay ${time}`, await unentered(scene.loop));
  }
  return { differences: differences.map(one => `seed ${seed}, ${one}`), faults: scene.faults() };
};

/** Whether the replays of a history show that a condition was taken away; one that cannot go on at all shows it, too. */
const isNoticed = async (history: History, weakened: Partial<ReplayParts>): Promise<boolean> => {
  try {
    return (await findingsOf(history, weakened)).differences.length > 0;
  } catch (fault) {
    console.log(`  it ended with: ${fault instanceof Error ? fault.message : String(fault)}`);
    return true;
  }
};

const runControls = async (history: History): Promise<number> => {
  let failed = 0;
  for (const [name, weakened] of Object.entries(replayControls)) {
    const noticed = await isNoticed(history, weakened);
    console.log(`control ${name}: ${noticed ? 'noticed' : 'nobody notices'}`);
    if (noticed) failed += 1;
  }
  return failed;
};

/**
 * Histories of some people through the real fold, projection, merge, compaction and segments: all that follows from
 * events is taken away, the archive is replayed, and everything is as it was, byte for byte; replayed once more, nothing
 * changes. Whoever works on a replay ends at any request now and then, and what it was at comes again.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      times: { type: 'string', default: '3' },
      histories: { type: 'string', default: '10' },
      events: { type: 'string', default: '300' },
    },
  });
  const [times, histories, events] = [values.times, values.histories, values.events].map(wholeNumber) as [
    number,
    number,
    number,
  ];
  log.setLogLevel('SILENT');
  const found: Findings = { differences: [], faults: 0 };
  for (let seed = 1; seed <= histories; seed += 1) {
    const { differences, faults } = await findingsOf({ seed, events, times });
    found.differences.push(...differences);
    found.faults += faults;
  }
  for (const difference of found.differences) console.log(difference);
  const failed = await runControls({ seed: 1, events, times: 1 });
  const controls = Object.keys(replayControls).length;
  return {
    line: `replay: ${histories} histories of ${events} events, each replayed ${times} times as it is and ${times} times from the archive alone, ${found.faults} workers ended, ${found.differences.length} differences, controls failed as they must: ${failed} of ${controls}`,
    holds: found.differences.length === 0 && found.faults > 0 && failed === controls,
  };
};
