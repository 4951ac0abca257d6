import * as z from 'zod';
import { route } from './route.ts';

const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const replayEvents = route({
  id: 'replayEvents',
  capability: 'events',
  method: 'POST',
  path: '/events/replay',
  scope: 'admin',
  status: 202,
  summary: 'Give events of the archive their effect once more',
  description:
    'Events that happened in the range, of these types, are put on the event stream again under their own message ids, ' +
    'for the profiles whose they are: a profile that has folded them already does not change, and one that was lost is ' +
    'made again under its id. `target: segments` decides the memberships of their people again instead. The job tells ' +
    'how many; with `dryRun` it tells what would be replayed, and changes nothing.',
  body: z.strictObject({
    from: Moment,
    to: Moment,
    types: z.array(z.string().min(1).max(100)).min(1).max(100).optional(),
    target: z.enum(['profiles', 'segments']).default('profiles'),
    dryRun: z.boolean().default(false),
    /** At most so many, about. */
    eventsPerSecond: z.number().min(0.1).max(10_000).optional(),
  }),
  response: z.object({ jobId: z.string() }),
  examples: [
    {
      summary: 'What a replay of a day’s purchases would be',
      body: { from: '2026-02-15', to: '2026-02-15', types: ['purchase'], dryRun: true },
    },
  ],
});
