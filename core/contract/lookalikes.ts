import * as z from 'zod';
import { IdParams } from './paging.ts';
import { route } from './route.ts';

const LookalikeWish = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  /** `local`: among everybody whom the platform knows. */
  mode: z.enum(['local']).default('local'),
  /** Of everybody who is not in the audience. */
  ratio: z.number().min(0.01).max(0.2).default(0.01),
  /** How many people, in place of a ratio. */
  size: z.number().int().min(1).max(100_000).optional(),
});
export type LookalikeWish = z.output<typeof LookalikeWish>;

export const createLookalike = route({
  id: 'createLookalike',
  capability: 'audiences',
  method: 'POST',
  path: '/audiences/{id}/lookalike',
  scope: 'write',
  status: 201,
  summary: 'Find people who are most like those of an audience',
  description:
    'By how lately, how often and how much they bought and by what else they do, each person against the nearest of the ' +
    'audience. They become a segment of their own, filled once by the job, and an audience of it for the same platforms, ' +
    'which is not active yet.',
  params: IdParams,
  body: LookalikeWish,
  response: z.object({ segmentId: z.string(), audienceId: z.string(), jobId: z.string() }),
  problems: ['NOT_FOUND'],
  examples: [{ summary: 'The nearest five of a hundred', body: { mode: 'local', ratio: 0.05 } }],
});
