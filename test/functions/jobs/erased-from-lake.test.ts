import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { asideChunksPrefix } from '../../../core/engines/lake/layout.ts';
import type { ObjectStore } from '../../../core/ports/object-store.ts';
import { openLakeSession, quoted } from '../../../functions/adapters/lake/write/lake-session.ts';
import { handler as compactLake } from '../../../functions/jobs/compact-lake.ts';
import { handler as mergeLake } from '../../../functions/jobs/merge-lake.ts';
import { handler as rewriteSnapshot } from '../../../functions/jobs/rewrite-snapshot.ts';
import { handler as sweepProfile } from '../../../functions/queues/sweep-profile.ts';
import { handler as project } from '../../../functions/streams/project.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';

const minute = 60_000;
const opened = (): Promise<Platform> => openPlatform({ overrides: { readChanges: records => records as never } });

const follow = async ({ changes }: Platform): Promise<void> => {
  await project({ Records: changes.splice(0), shardId: 'shard-1' } as never, lambdaContext);
};

const sweep = async (profileId: string): Promise<void> => {
  await sweepProfile({ Records: [{ messageId: '1', body: JSON.stringify({ profileId }) }] } as never, lambdaContext);
};

const track = async (platform: Platform, email: string): Promise<string> => {
  const identifiers = [{ type: 'email', value: email }];
  const traits = { email, firstName: `First of ${email}` };
  await platform.call('trackEvent', { body: { type: 'sign_up', identifiers, traits } });
  await platform.foldEvents();
  return (await platform.services.profiles.ownersOf([`email#${email}`])).get(`email#${email}`) ?? '';
};

/** What an object says to whoever opens it with the usual tools. */
const textOf = async (lake: ObjectStore, key: string): Promise<string> => {
  const body = Buffer.from((await lake.get(key))?.body ?? []);
  if (key.endsWith('.gz')) return gunzipSync(body).toString('utf8');
  if (!key.endsWith('.parquet')) return body.toString('utf8');
  const session = await openLakeSession(lake);
  try {
    const path = await session.fetch(key);
    const rows = await session.rows(`SELECT one::VARCHAR AS text FROM read_parquet(${quoted(path ?? '')}) AS one`);
    return rows.map(({ text }) => String(text)).join('\n');
  } finally {
    await session.close();
  }
};

/** The objects that somebody's address stands in. */
const telling = async ({ services: { lake } }: Platform, email: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const { key } of lake.list('')) if ((await textOf(lake, key)).includes(email)) found.push(key);
  return found;
};

const askedFor = async ({ services }: Platform, email: string): Promise<number> => {
  const question = { text: `SELECT count(*) AS n FROM`, values: [email] };
  const { rows } = await services.queryEngine.ask(
    (_dialect, { text }) => ({ ...question, text: `${question.text} ${text} WHERE email = ?` }),
    20,
  );
  return Number(rows[0]?.n);
};

/** Everything that runs on a clock, for so many minutes. */
const pass = async (platform: Platform, minutes: number): Promise<void> => {
  for (let passed = 0; passed < minutes; passed += 5) {
    platform.clock.advance(5 * minute);
    for (const job of [mergeLake, rewriteSnapshot]) await job({} as never, lambdaContext);
  }
  await compactLake({} as never, lambdaContext);
};

test('who is erased is hidden from the next question on; within the hour no object of the lake tells of them', async () => {
  const platform = await opened();
  const [gone, stays] = ['gone@example.com', 'stays@example.com'];
  const id = await track(platform, gone);
  await track(platform, stays);
  await follow(platform);
  await pass(platform, 5);
  await platform.services.lake.put(`${asideChunksPrefix(id)}E#1.json`, Buffer.from(`a chunk of ${gone}`));
  expect(await askedFor(platform, gone)).toBe(1);
  expect((await telling(platform, gone)).map(key => key.split('/')[0])).toEqual(['aside', 'profiles']);

  await platform.call('deleteProfile', { params: { id } });
  await sweep(id);
  expect(await askedFor(platform, gone)).toBe(0);
  await follow(platform);
  await pass(platform, 55);
  expect(await telling(platform, gone)).toEqual([]);
  expect(await telling(platform, stays)).toHaveLength(1);
  expect(await Promise.all([gone, stays].map(email => askedFor(platform, email)))).toEqual([0, 1]);
}, 30_000);

test('who is swept after what was told of them comes once more stays hidden', async () => {
  const platform = await opened();
  const id = await track(platform, 'late@example.com');
  const told = [...platform.changes];
  await follow(platform);
  await platform.call('deleteProfile', { params: { id } });
  await sweep(id);
  await pass(platform, 5);
  await project({ Records: told, shardId: 'shard-1' } as never, lambdaContext);
  expect(await askedFor(platform, 'late@example.com')).toBe(0);
  await pass(platform, 5);
  expect(await askedFor(platform, 'late@example.com')).toBe(0);
});
