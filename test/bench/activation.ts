import { parseArgs } from 'node:util';
import { hashSpeed } from './activation/hash-speed.ts';
import { planSpeed } from './activation/plan-speed.ts';
import type { Bench } from './run.ts';

const [secondsMax, megabytesMax] = [60, 512];
const [hashesMin, rowsMin] = [1_000_000, 100_000];
const shown = (value: number): string => Math.round(value).toLocaleString('en');

/**
 * What it takes to plan, hash and batch an audience of `--people` from the snapshot; how fast people are made ready to be
 * sent: `--hashes <n>`, `--rows <n>`.
 */
export const bench: Bench = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      people: { type: 'string', default: '1000000' },
      hashes: { type: 'string', default: '2000000' },
      rows: { type: 'string', default: '300000' },
    },
  });
  const { people, rows, calls, seconds, peakMegabytes } = await planSpeed(Number(values.people));
  const speed = hashSpeed(Number(values.hashes), Number(values.rows));
  const plan = `${people} people planned, ${rows} rows hashed for ${calls} calls in ${seconds.toFixed(1)} s of the processor, at most ${peakMegabytes.toFixed(0)} MB`;
  const made = `${shown(speed.hashesPerSecond)} hashes/s, ${shown(speed.rowsPerSecond)} rows of 8 identifiers/s on one core`;
  return {
    line: `activation: ${plan}; ${made}`,
    holds:
      seconds <= secondsMax &&
      peakMegabytes <= megabytesMax &&
      rows > 0 &&
      speed.hashesPerSecond >= hashesMin &&
      speed.rowsPerSecond >= rowsMin,
  };
};
