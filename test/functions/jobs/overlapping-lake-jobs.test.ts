import { ulid } from 'ulid';
import { expect, test } from 'vitest';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { handler as compactLake } from '../../../functions/jobs/compact-lake.ts';
import { handler as mergeLake } from '../../../functions/jobs/merge-lake.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import type { Services } from '../../../functions/kit/services.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { Hold } from '../../fixtures/hold.ts';
import { lakeRows } from '../../fixtures/lake-rows.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { Loop } from '../../fixtures/run-loop.ts';

const hour = 3_600_000;

type Job = typeof mergeLake;

/** An object's age stands in its id: what jobs make here is not old. */
const openLoop = (): Loop =>
  new Loop({
    overrides: ({ now }) => ({ newId: prefix => `${prefix}-${ulid(now().getTime()).toLowerCase()}` }),
  });

const run = async (services: Services, job: Job): Promise<void> => {
  provideServices(services);
  await job({} as never, lambdaContext);
};

/** Accepts some events of one day, up to the hot objects. */
const take = async (loop: Loop): Promise<AcceptedEvent[]> => {
  const at = '2026-02-15T10:00:00.000Z';
  const brought = Array.from({ length: 3 }, (_, index) => customerEvent(`customer${index}`, { amount: 1, at }));
  await loop.fold(brought);
  await loop.run();
  return brought;
};

/** Services of a worker who looks at a day, makes files of it, and is held right before it replaces the day's document. */
const heldAtDay = ({ services }: Loop, hold: Hold): Services => {
  const lakePartitions: Services['lakePartitions'] = {
    ...services.lakePartitions,
    replaceDay: async day => {
      await hold.wait();
      return services.lakePartitions.replaceDay(day);
    },
  };
  const own = Object.getOwnPropertyDescriptors({ lakePartitions });
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(services), ...own }) as Services;
};

/** Everything that happens to the lake before a job is held, and while it is: jobs in their order, or an hour. */
type Step = Job | 'take' | 'an hour passes';

const go = async (loop: Loop, steps: readonly Step[], brought: AcceptedEvent[]): Promise<void> => {
  for (const step of steps) {
    if (step === 'take') brought.push(...(await take(loop)));
    else if (step === 'an hour passes') loop.clock.advance(hour);
    else await run(loop.services, step);
  }
};

const readIds = async ({ services }: Loop): Promise<string[]> =>
  (await lakeRows(services)).map(({ eventId }) => eventId).sort();

test.each<{ name: string; before: Step[]; held: Job; meanwhile: Step[] }>([
  {
    name: 'a compaction, while newer objects are merged into its day',
    before: ['take', mergeLake],
    held: compactLake,
    meanwhile: ['take', mergeLake],
  },
  {
    name: 'a compaction that forgets what was replaced, while newer objects are merged into its day',
    before: ['take', mergeLake, compactLake, 'an hour passes'],
    held: compactLake,
    meanwhile: ['take', mergeLake],
  },
  {
    name: 'a merge, while another merges the same objects and newer ones',
    before: ['take'],
    held: mergeLake,
    meanwhile: ['take', mergeLake],
  },
  {
    name: 'a merge, while another merges the same objects and newer ones and the day is compacted',
    before: ['take'],
    held: mergeLake,
    meanwhile: ['take', mergeLake, compactLake],
  },
])('every row is told once when this is held before it changes a day: $name', async ({ before, held, meanwhile }) => {
  const loop = openLoop();
  const brought: AcceptedEvent[] = [];
  await go(loop, before, brought);
  const hold = new Hold();
  const ended = run(heldAtDay(loop, hold), held);
  await hold.reached;
  await go(loop, meanwhile, brought);
  hold.letGo();
  await ended;
  const sent = brought.map(({ id }) => id).sort();
  expect(await readIds(loop)).toEqual(sent);
  await go(loop, [mergeLake, compactLake, 'an hour passes', compactLake], brought);
  expect(await readIds(loop)).toEqual(sent);
});
