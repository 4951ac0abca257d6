import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { EventPatch } from '../../../../../core/model/event-patch.ts';
import { RedriveTally } from '../../../../../core/model/redrive-tally.ts';
import { finishedJob } from '../../../lib/finished-job.ts';
import { useCdp } from '../../../lib/session.tsx';

interface Redrive {
  /** Absent: all of them. */
  ids?: string[];
  patch?: EventPatch | undefined;
  dryRun: boolean;
}

/** Gives events that are kept aside their effect, and waits until it is over; a dry run tells what would pass. */
export const useRedrive = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ ids, patch, dryRun }: Redrive) => {
      const which = ids === undefined ? { filter: {} } : { ids };
      const { jobId } = await cdp.redriveQuarantine({ body: { ...which, ...(patch ? { patch } : {}), dryRun } });
      const { result, error } = await finishedJob(cdp, jobId);
      if (error !== undefined) throw new Error(error);
      return RedriveTally.parse(result);
    },
    onSuccess: (_, { dryRun }) => (dryRun ? undefined : queries.invalidateQueries({ queryKey: ['quarantine'] })),
  });
};
