/** Runs the schedules that its parent names, one after the other, in a process of its own. */
import { log } from '../../../functions/kit/log.ts';
import type { LakeFindings } from './lake-findings.ts';
import { runLakeSchedule } from './run-lake-schedule.ts';

/** A schedule, on the real code or without one of its conditions. */
export interface ScheduleOrder {
  seed: number;
  control?: string | undefined;
}

export interface ScheduleResult {
  seed: number;
  found: LakeFindings;
}

log.setLogLevel('SILENT');
process.on('message', ({ seed, control }: ScheduleOrder) => {
  const told = runLakeSchedule(seed, control).then(found => process.send?.({ seed, found } satisfies ScheduleResult));
  told.catch((fault: unknown) => {
    console.error(fault);
    process.exit(1);
  });
});
