import { expect, test } from 'vitest';
import { openPlatform } from '../../../fixtures/open-platform.ts';

test.each([
  [{}, false],
  [{ repair: true }, true],
])('%j begins a job whose progress and findings are told', async (body, repair) => {
  const platform = await openPlatform();
  const { status, data } = await platform.call('startReconciliation', { body });
  expect(status).toBe(202);
  expect(await platform.services.jobs.get(data.jobId)).toMatchObject({ kind: 'profiles.reconcile', repair });
  const { data: job } = await platform.call('getJob', { params: { id: data.jobId } });
  expect(job).toMatchObject({
    status: 'running',
    progress: { done: 0, total: 16 },
    result: { checked: 0, different: 0, repaired: 0, incomplete: 0, examples: [] },
  });
  expect(job).not.toHaveProperty('tallies');
});
