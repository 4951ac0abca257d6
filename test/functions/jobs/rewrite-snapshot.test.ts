import { expect, test } from 'vitest';
import { handler as rewriteSnapshot } from '../../../functions/jobs/rewrite-snapshot.ts';
import { handler as project } from '../../../functions/streams/project.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';

const opened = (): Promise<Platform> => openPlatform({ overrides: { readChanges: records => records as never } });

/** Runs the real follower of the table's stream over what came since the last time. */
const follow = async ({ changes }: Platform): Promise<void> => {
  await project({ Records: changes.splice(0), shardId: 'shard-1' } as never, lambdaContext);
};

const emailsOf = async ({ services }: Platform): Promise<unknown[]> => {
  const { rows } = await services.queryEngine.ask(
    (dialect, { text }) => ({
      text: `SELECT email FROM ${text} WHERE ${dialect.listContains('tags', '?')} ORDER BY email`,
      values: ['vip'],
    }),
    20,
  );
  return rows.map(({ email }) => email);
};

const created = async (platform: Platform, email: string): Promise<string> => {
  const body = { externalIds: { email }, attributes: { email, tags: ['vip'], customFields: { plan: 'pro' } } };
  const { data } = await platform.call('createProfile', { body });
  return data.id;
};

test('profiles are found by what they are, from their commit on, in the files too, until they are erased', async () => {
  const platform = await opened();
  const [ada] = [await created(platform, 'ada@example.com'), await created(platform, 'bob@example.com')];
  await follow(platform);
  expect(await emailsOf(platform)).toEqual(['ada@example.com', 'bob@example.com']);
  await rewriteSnapshot({} as never, lambdaContext);
  expect(await platform.services.snapshotParts.names()).toEqual([]);
  expect(await emailsOf(platform)).toEqual(['ada@example.com', 'bob@example.com']);
  await platform.call('updateProfile', {
    params: { id: ada },
    body: { attributes: { email: 'lovelace@example.com' } },
  });
  await follow(platform);
  expect(await emailsOf(platform)).toEqual(['bob@example.com', 'lovelace@example.com']);
  await platform.call('deleteProfile', { params: { id: ada } });
  await follow(platform);
  expect(await emailsOf(platform)).toEqual(['bob@example.com']);
  await rewriteSnapshot({} as never, lambdaContext);
  expect(await emailsOf(platform)).toEqual(['bob@example.com']);
});
