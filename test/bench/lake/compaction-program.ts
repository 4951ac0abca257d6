/** Compacts one generated day in a process of its own, whose memory is its own; prints what it took as JSON. */
import { readFileSync } from 'node:fs';
import { runKey } from '../../../core/engines/lake/layout.ts';
import type { MergedFile } from '../../../core/model/lake-partition.ts';
import { compactDay } from '../../../functions/adapters/lake/write/compact-day.ts';
import { folderObjects } from './folder-objects.ts';

/** Linux tells the most that a process ever held. */
const peakMegabytes = (): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

const [folder = '', filesPath = ''] = process.argv.slice(2);
const merged = JSON.parse(readFileSync(filesPath, 'utf8')) as MergedFile[];
const lake = folderObjects(folder);
const [began, used] = [performance.now(), process.cpuUsage()];
const { run, unreadable } = await compactDay(lake, {
  merged,
  runs: [],
  aliases: [],
  keyOf: (layout, part) => runKey(layout, '2026-02-15', 'bench', part),
});
const { user, system } = process.cpuUsage(used);
console.log(
  JSON.stringify({
    rows: run?.rows ?? 0,
    unreadable,
    seconds: (performance.now() - began) / 1000,
    processorSeconds: (user + system) / 1e6,
    megabytes: peakMegabytes(),
    bytes: Object.entries(run?.files ?? {}).map(([layout, files]) => [
      layout,
      files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    ]),
  }),
);
