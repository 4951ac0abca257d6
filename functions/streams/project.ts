import { projectCounts } from '../../core/flows/project-counts.ts';
import { tableConsumer } from '../kit/table-consumer.ts';

export const handler = tableConsumer(async ({ changes, shardId }, services) => {
  if (shardId === undefined) throw new Error('project needs a tumbling window, by which it is told its shard');
  const { reportingTimezone } = services.settings;
  await projectCounts(shardId, services.commitsIn(changes), { counters: services.counters, reportingTimezone });
});
