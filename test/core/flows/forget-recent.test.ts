import { expect, test } from 'vitest';
import { createProfile } from '../../../core/flows/create-profile.ts';
import { forgetRecent } from '../../../core/flows/forget-recent.ts';
import { updateProfile } from '../../../core/flows/update-profile.ts';
import { Loop } from '../../fixtures/run-loop.ts';

/** A profile that a request has changed twice, and the commits that tell of it. */
const changedTwice = async () => {
  const loop = new Loop();
  const options = { onConflict: 'reject' as const, requestId: 'r-1', source: 'api' };
  const { state } = await createProfile({ email: 'a@example.com' }, options, loop.services);
  for (const city of ['Ulm', 'Rom']) {
    loop.clock.advance(1000);
    const edit = () => ({ attributes: { city }, identifiers: [] });
    await updateProfile({ id: state.id, edit, requestId: city }, loop.services);
  }
  const commits = loop.services.commitsIn(loop.changes);
  const noted = () => loop.table.count({ pk: `RECENT#${partition(loop)}` });
  return { loop, id: state.id, commits, noted };
};

const partition = (loop: Loop): string =>
  String(loop.changes.map(({ after }) => after?.pk).find(pk => pk?.startsWith('RECENT#'))).slice('RECENT#'.length);

test('each commit is noted, and forgotten once a batch has told it wholly', async () => {
  const { loop, commits, noted } = await changedTwice();
  expect(await noted()).toBe(3);
  await forgetRecent(commits, loop.services);
  expect(await noted()).toBe(0);
});

test('a head whose person comes with the next batch stays noted', async () => {
  const { loop, id, commits, noted } = await changedTwice();
  const lastPerson = commits.findLastIndex(({ kind }) => kind === 'person');
  await forgetRecent(
    commits.filter((_, index) => index !== lastPerson),
    loop.services,
  );
  expect(await noted()).toBe(1);
  expect(await loop.services.recent.ids(10)).toEqual([id]);
});

test('what events change is not noted, and a batch of it forgets nothing of others', async () => {
  const { loop, commits, noted } = await changedTwice();
  await forgetRecent(commits.filter(({ kind }) => kind === 'head').slice(1), loop.services);
  expect(await noted()).toBe(3);
});
