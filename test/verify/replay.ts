import { parseArgs } from 'node:util';
import { log } from '../../functions/kit/log.ts';
import { derivedState, differing } from './replay/derived-state.ts';
import { openReplayScene } from './replay/replay-scene.ts';
import type { Verify } from './run.ts';

const shownMax = 5;

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${text} is no whole number of at least 1`);
  return value;
};

/** What is wrong with the replays of one history, each of them once with everything there and once with it lost. */
const faultsOf = async (seed: number, events: number, times: number): Promise<string[]> => {
  const scene = await openReplayScene(seed, events);
  const before = await derivedState(scene.loop);
  const faults: string[] = [];
  const hold = (what: string, keys: readonly string[]): void => {
    if (keys.length > 0) faults.push(`seed ${seed}, ${what}: ${keys.length} differ, e.g. ${keys.slice(0, shownMax)}`);
  };
  for (let time = 1; time <= times; time += 1) {
    const there = JSON.stringify(scene.loop.contents().filter(({ pk }) => pk.startsWith('P#')));
    const { replayed, found } = await scene.replay();
    if (replayed !== events || found !== events) faults.push(`seed ${seed}: ${replayed} of ${events} replayed`);
    const still = JSON.stringify(scene.loop.contents().filter(({ pk }) => pk.startsWith('P#')));
    if (there !== still) faults.push(`seed ${seed}, replay ${time} of what is there changed something`);
    await scene.lose();
    const lost = await derivedState(scene.loop);
    if (differing(before, lost).length < before.size - 1) faults.push(`seed ${seed}: nothing was lost`);
    await scene.replay();
    hold(`replay ${time} of what was lost`, differing(before, await derivedState(scene.loop)));
  }
  return faults;
};

/**
 * Histories of some people through the real fold, projection and segments: all that follows from events is taken away,
 * the archive is replayed, and everything is as it was, byte for byte; replayed once more, nothing changes.
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
  const faults: string[] = [];
  for (let seed = 1; seed <= histories; seed += 1) faults.push(...(await faultsOf(seed, events, times)));
  for (const fault of faults) console.log(fault);
  return {
    line: `replay: ${histories} histories of ${events} events, each replayed ${times} times as it is and ${times} times from the archive alone, ${faults.length} differences`,
    holds: faults.length === 0,
  };
};
