import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection.ts';
import { type FollowedJob, followJob } from '../follow-job.ts';

const nothing = { checked: 0, different: 0, repaired: 0, incomplete: 0, examples: [] };
const tallyOf = ({ result }: FollowedJob) => (result && 'checked' in result ? result : nothing);

const lineOf = (job: FollowedJob): string => {
  const { checked, different, repaired, incomplete } = tallyOf(job);
  return `${checked} profiles checked, ${different} differed, ${repaired} repaired, ${incomplete} with expired events`;
};

const reconcile = async ({ repair = false }: { repair?: boolean }, command: Command): Promise<void> => {
  const { client } = openConnection(command);
  const { jobId } = await client.startReconciliation({ body: { repair } });
  const message = 'Recomputing profiles from their events';
  const { different, repaired, examples } = tallyOf(await followJob(client, jobId, { message, lineOf }));
  if (different > repaired) throw new CliError(`Some differ, e.g. ${examples.join(', ')}. Add --repair to mend them.`);
};

/** `cdp reconcile [--repair]`. */
export const addReconcileCommand = (program: Command): void => {
  program
    .command('reconcile')
    .description('recompute every profile from its events and tell what differs')
    .option('--repair', 'keep what was recomputed')
    .action(reconcile);
};
