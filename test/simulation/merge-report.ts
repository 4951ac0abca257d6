import { runMergeSchedule } from './run-merge-schedule.ts';

/** What is wrong after a schedule of merges; one that comes to no end is a finding, too. */
export const mergeReport = async (seed: number): Promise<string[]> => {
  try {
    return await runMergeSchedule(seed);
  } catch (fault) {
    return [fault instanceof Error ? (fault.stack ?? fault.message) : 'failed'];
  }
};
