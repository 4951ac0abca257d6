import { parseArgs } from 'node:util';
import { planSpeed } from './activation/plan-speed.ts';
import type { Bench } from './run.ts';

const [secondsMax, megabytesMax] = [60, 512];

/** What it takes to plan, hash and batch an audience of `--people` from the snapshot. */
export const bench: Bench = async flags => {
  const { values } = parseArgs({ args: flags, options: { people: { type: 'string', default: '1000000' } } });
  const { people, rows, calls, seconds, peakMegabytes } = await planSpeed(Number(values.people));
  return {
    line: `activation: ${people} people planned, ${rows} rows hashed for ${calls} calls in ${seconds.toFixed(1)} s of the processor, at most ${peakMegabytes.toFixed(0)} MB`,
    holds: seconds <= secondsMax && peakMegabytes <= megabytesMax && rows > 0,
  };
};
