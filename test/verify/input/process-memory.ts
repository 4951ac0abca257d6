import { readFileSync } from 'node:fs';

/** The resident memory of a process, in megabytes. */
export const residentMegabytes = (processId: number): number => {
  const [, kilobytes = ''] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
};
