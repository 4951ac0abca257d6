import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { foldWindow } from '../../../core/flows/fold-window.ts';
import { startErasure } from '../../../core/flows/start-erasure.ts';
import type { PrivacyJob } from '../../../core/flows/stored-job.ts';
import { handler as rewriteSnapshot } from '../../../functions/jobs/rewrite-snapshot.ts';
import { openAudienceLoop, spenders } from '../../fixtures/audience-loop.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import type { LoopOptions } from '../../fixtures/run-loop.ts';

const opened = async (options: LoopOptions = {}) => {
  const setup = await openAudienceLoop(options);
  const { loop } = setup;
  await loop.fold(spenders(['a', 'b']));
  await setup.activate();
  await loop.run();
  const id = await setup.idOf('a');
  const request = async (requestId: string): Promise<PrivacyJob> =>
    (await loop.services.jobs.get(requestId)) as PrivacyJob;
  return { ...setup, id, request };
};

/** What a compact JWS says, and whether its signature holds. */
const openedReceipt = (receipt: string, x: string) => {
  const [head = '', body = '', signature = ''] = receipt.split('.');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const holds = verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
  return { holds, says: JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Record<string, unknown> };
};

test('an erasure ends in a receipt that tells what was held, that nothing is left, and that destinations were told', async () => {
  const { loop, id, received, request } = await opened();
  await rewriteSnapshot({} as never, lambdaContext);
  const { id: requestId } = await startErasure(id, {}, loop.services);
  await loop.run();
  const job = await request(requestId);
  expect(job).toMatchObject({ status: 'completed', profileIds: [id], identifiersRefused: 2 });
  expect(job.destinations).toEqual([{ audienceId: expect.any(String), platform: 'webhook', outcome: 'told' }]);
  expect(job.stores.chunk).toEqual({ held: 1, removed: 1, left: 0 });
  expect(Object.values(job.stores).map(({ left }) => left)).toEqual(Object.values(job.stores).map(() => 0));
  expect(received()).toEqual([]);
  const { holds, says } = openedReceipt(job.receipt ?? '', await loop.services.certifier.publicKey());
  expect({ holds, says }).toEqual({ holds: true, says: job.certificate });
  expect(JSON.stringify(job)).not.toContain('"sealed"');
});

test('the next event of the same person creates nothing and is counted as refused', async () => {
  const { loop, id } = await opened();
  await startErasure(id, {}, loop.services);
  await loop.run();
  const before = loop.contents().filter(({ pk }) => pk.startsWith('P#')).length;
  const outcome = await foldWindow([customerEvent('a', { amount: 5 })], { ...loop.services, accountCurrency: 'USD' });
  await loop.run();
  expect(outcome).toMatchObject({ refused: 1, stored: 0, failed: [] });
  expect(loop.contents().filter(({ pk }) => pk.startsWith('P#'))).toHaveLength(before);
});

test('whoever may come back comes back', async () => {
  const { loop, id } = await opened();
  await startErasure(id, { suppress: false }, loop.services);
  await loop.run();
  await loop.fold([customerEvent('a', { amount: 5 })]);
  const owners = await loop.services.profiles.ownersOf(['customerId#a']);
  expect(owners.get('customerId#a')).not.toBe(id);
  expect(owners.size).toBe(1);
});

test('every message that comes twice at the same time, and once more, changes nothing', async () => {
  const { loop, id, request } = await opened({ twice: true });
  const { id: requestId } = await startErasure(id, {}, loop.services);
  await loop.run();
  const job = await request(requestId);
  expect(job.status).toBe('completed');
  await loop.redeliverEverything();
  expect(await request(requestId)).toEqual(job);
});
