import { expect, test } from 'vitest';
import { createImport } from '../../../core/flows/create-import.ts';
import { startImport } from '../../../core/flows/start-import.ts';
import { ImportSpec } from '../../../core/model/import-spec.ts';
import { log } from '../../../functions/kit/log.ts';
import { type AudienceLoop, openAudienceLoop, spenders } from '../../fixtures/audience-loop.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';

log.setLogLevel('SILENT');

const mapping = { customerId: 'who', channels: 'channels', reason: 'why', expiresAt: 'until' };

const suppress = async ({ loop }: AudienceLoop, rows: readonly string[], dryRun = false) => {
  const spec = ImportSpec.parse({ kind: 'suppressions', format: 'csv', mapping, dryRun });
  const { jobId } = await createImport(spec, loop.services);
  const file = ['who,channels,why,until', ...rows].join('\n');
  await loop.services.transfers.put(`imports/${jobId}/upload`, Buffer.from(file));
  await startImport(jobId, loop.services);
  await loop.run();
  const job = await loop.services.jobs.get(jobId);
  return job?.kind === 'import' ? job.tally : undefined;
};

const open = async (): Promise<AudienceLoop> => {
  const scene = await openAudienceLoop();
  await scene.loop.fold(spenders(['a', 'x', 'b', 'y', 'c']));
  await scene.loop.run();
  return scene;
};

test('whoever is suppressed is not sent, and is told as such', async () => {
  const scene = await open();
  expect(await suppress(scene, ['a,email,complaint,', 'nobody-yet,,left,'])).toMatchObject({
    accepted: 2,
    rejected: 0,
  });
  const { planned, syncId } = await scene.activate();
  expect(planned).toEqual({
    add: 2,
    remove: 0,
    skipped: { consent: 2, suppressed: 1, noIdentifier: 0, lowConfidence: 0, holdout: 0 },
  });
  await scene.loop.run();
  await scene.pass(1);
  expect(scene.received()).toEqual(['b', 'c']);
  expect((await scene.sync(syncId)).tally).toMatchObject({ added: 2, suppressed: 1 });
});

test('whoever was sent is taken out as soon as they are suppressed', async () => {
  const scene = await open();
  await scene.activate();
  await scene.loop.run();
  expect(scene.received()).toEqual(['a', 'b', 'c']);
  await suppress(scene, ['b,all,asked,']);
  expect(scene.received()).toEqual(['a', 'c']);
});

test('a channel that the audience does not use, and a dry run, change nothing', async () => {
  const scene = await open();
  await scene.activate();
  await suppress(scene, ['a,sms,no texts,']);
  await suppress(scene, ['b,email,test,'], true);
  await scene.loop.run();
  expect(scene.received()).toEqual(['a', 'b', 'c']);
});

test('somebody who was suppressed before anybody knew them is left alone', async () => {
  const scene = await open();
  await suppress(scene, ['late,,before,']);
  const standing = scene.loop.contents().filter(({ pk }) => pk.startsWith('SUP#'));
  expect([standing.length, JSON.stringify(standing).includes('late')]).toEqual([1, false]);
  await scene.activate();
  await scene.loop.fold([customerEvent('late', { amount: 500, consent: { email: true } })]);
  await scene.loop.run();
  expect(scene.received()).not.toContain('late');
});

test('rows that make no sense are named', async () => {
  const scene = await open();
  const told = await suppress(scene, ['a,pigeon,x,', ',email,x,', 'null,email,x,', 'c,email,x,someday']);
  expect(told).toMatchObject({ accepted: 0, rejected: 4 });
  expect(told?.errors.map(({ path }) => path)).toEqual(['row.channels.0', 'row', 'customerId', 'row.expiresAt']);
});
