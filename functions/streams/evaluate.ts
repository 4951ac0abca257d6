import { followCommits } from '../../core/flows/follow-commits.ts';
import { tableConsumer } from '../kit/table-consumer.ts';

export const handler = tableConsumer(async ({ changes }, services) => {
  const { realTimeSync } = services.settings;
  await followCommits(services.commitsIn(changes), { ...services, realTimeSync });
});
