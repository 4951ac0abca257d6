import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Client } from '../../core/contract/client.ts';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection.ts';
import { showProgress } from '../import/show-progress.ts';

const lookEveryMilliseconds = 500;

type Job = Awaited<ReturnType<Client['getJob']>>;

const lineOf = ({ result }: Job): string =>
  `${result?.checked ?? 0} profiles checked, ${result?.different ?? 0} differed, ${result?.repaired ?? 0} repaired, ` +
  `${result?.incomplete ?? 0} with expired events`;

const reconcile = async ({ repair = false }: { repair?: boolean }, command: Command): Promise<void> => {
  const { client } = openConnection(command);
  const { jobId } = await client.startReconciliation({ body: { repair } });
  let job = await client.getJob({ params: { id: jobId } });
  const { total } = job.progress;
  const display = showProgress({ total, done: 0, message: `Recomputing profiles from their events (${jobId})` });
  while (job.status === 'running') {
    await sleep(lookEveryMilliseconds);
    job = await client.getJob({ params: { id: jobId } });
    display.update(job.progress.done, lineOf(job));
  }
  display.end(lineOf(job));
  if (job.status !== 'completed') throw new CliError(`The job ${jobId} is ${job.status}: ${job.error ?? 'no reason'}`);
  const { different = 0, repaired = 0, examples = [] } = job.result ?? {};
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
