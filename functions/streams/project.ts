import { forgetRecent } from '../../core/flows/forget-recent.ts';
import { projectCounts } from '../../core/flows/project-counts.ts';
import { projectEvents } from '../../core/flows/project-events.ts';
import { projectSnapshot } from '../../core/flows/project-snapshot.ts';
import { count, log } from '../kit/log.ts';
import { tableConsumer } from '../kit/table-consumer.ts';

export const handler = tableConsumer(async ({ changes, shardId }, services) => {
  if (shardId === undefined) throw new Error('project needs a tumbling window, by which it is told its shard');
  const { reportingTimezone, accountCurrency } = services.settings;
  const commits = services.commitsIn(changes);
  await projectCounts(shardId, commits, { counters: services.counters, reportingTimezone });
  await projectSnapshot(shardId, commits, services);
  await forgetRecent(commits, services);
  const { rows, unreadable } = await projectEvents(shardId, changes, { ...services, accountCurrency });
  count({ EventsInLake: rows, ChunksUnreadable: unreadable.length });
  if (unreadable.length > 0) log.error('committed chunks could not be read', { unreadable });
});
