import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Appends one line to the log of this probe; the suite reads what functions did from there. */
export const log = entry =>
  appendFileSync(
    join(process.env.PROBE_LOGS, `${process.env.PROBE}.jsonl`),
    `${JSON.stringify({ at: Date.now(), ...entry })}\n`,
  );

export const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Marks that live as long as the thread, for what shall fail only once. */
const seen = new Set();

export const firstTime = mark => {
  if (seen.has(mark)) return false;
  seen.add(mark);
  return true;
};
