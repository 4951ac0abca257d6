import { parseArgs } from 'node:util';
import { hashSpeed } from './activation/hash-speed.ts';
import type { Bench } from './run.ts';

const [hashesMin, rowsMin] = [1_000_000, 100_000];
const shown = (value: number): string => Math.round(value).toLocaleString('en');

/** How fast people are made ready to be sent: `--hashes <n>`, `--rows <n>`. */
export const bench: Bench = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { hashes: { type: 'string', default: '2000000' }, rows: { type: 'string', default: '300000' } },
  });
  const { hashesPerSecond, rowsPerSecond } = hashSpeed(Number(values.hashes), Number(values.rows));
  const told = `${shown(hashesPerSecond)} hashes/s, ${shown(rowsPerSecond)} rows of 8 identifiers/s on one core`;
  return { line: told, holds: hashesPerSecond >= hashesMin && rowsPerSecond >= rowsMin };
};
