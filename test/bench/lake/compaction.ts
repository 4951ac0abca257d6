import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openLakeSession } from '../../../functions/adapters/lake/write/lake-session.ts';
import type { Measured } from '../run.ts';
import { folderObjects } from './folder-objects.ts';
import { generatedFiles } from './generated-events.ts';

const run = promisify(execFile);
const rateMin = 200_000;
const megabytesMax = 512;
/** What one merge writes at a time. */
const rowsEach = 200_000;

interface Taken {
  rows: number;
  seconds: number;
  processorSeconds: number;
  megabytes: number;
  bytes: [layout: string, bytes: number][];
}

const generate = async (folder: string, events: number): Promise<string> => {
  const session = await openLakeSession(folderObjects(folder));
  try {
    const path = join(folder, 'files.json');
    await writeFile(path, JSON.stringify(await generatedFiles(session, events, rowsEach)));
    return path;
  } finally {
    await session.close();
  }
};

/**
 * The compaction of one day: merged files into a run in every layout, in a process of its own on one thread. The rate
 * is that of the clock; that of processor time beside it tells whether others used the machine.
 */
export const compaction = async (events: number): Promise<Measured> => {
  const folder = await mkdtemp(join(tmpdir(), 'cdp-bench-lake-'));
  try {
    const files = await generate(folder, events);
    const program = join(import.meta.dirname, 'compaction-program.ts');
    const { stdout } = await run(process.execPath, ['--import', 'tsx', program, folder, files]);
    const { rows, seconds, processorSeconds, megabytes, bytes } = JSON.parse(
      stdout.trimEnd().split('\n').at(-1) ?? '',
    ) as Taken;
    for (const [layout, size] of bytes)
      console.log(`${layout}: ${(size / rows).toFixed(1)} bytes an event, ${(size / 1e6).toFixed(1)} MB`);
    const rate = rows / seconds;
    return {
      line: `compaction: ${Math.round(rate)} events a second (${Math.round(rows / processorSeconds)} a processor second) of ${rows}, at most ${Math.round(megabytes)} MB`,
      holds: rows === events && rate >= rateMin && megabytes <= megabytesMax,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
