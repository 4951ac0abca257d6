import { expect, test } from 'vitest';
import { quarantinedOf, redrivePatchesOf } from '../../../../functions/adapters/stores/quarantined-events.ts';
import { tableQuarantine } from '../../../../functions/adapters/stores/table-quarantine.ts';
import { memoryTable } from '../../../../functions/adapters/table/memory-table.ts';
import { someEmail, someEvent, someTime } from '../../../fixtures/profile-states.ts';

const dayMs = 86_400_000;
const all = { limit: 50, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

test('an event is kept for 30 days', async () => {
  const clock = { at: someTime };
  const table = memoryTable({ now: () => clock.at });
  const quarantine = tableQuarantine(table, () => clock.at);
  await quarantine.add([{ event: someEvent(), reason: 'profile_not_found' }]);
  clock.at += 30 * dayMs - 1000;
  expect((await quarantine.list(all)).items).toHaveLength(1);
  clock.at += 2000;
  expect((await quarantine.list(all)).items).toEqual([]);
});

test('the events of a person are found by id and by identifiers, over all days that are kept', async () => {
  const table = memoryTable({ now: () => someTime });
  const email = someEmail();
  const at = (days: number) => ({ receivedAt: new Date(someTime - days * dayMs).toISOString() });
  const theirs = [someEvent({ ...at(29), profileId: 'profile-1' }), someEvent({ ...at(0), identifiers: [email] })];
  const others = [someEvent({ ...at(1), profileId: 'profile-2' }), someEvent({ identifiers: [someEmail()] })];
  await tableQuarantine(table).add([...theirs, ...others].map(event => ({ event, reason: 'of a test' })));
  const person = { profileId: 'profile-1', matchKeys: [`email#${email.value}`] };
  const found = await quarantinedOf(table, person, someTime);
  expect(found.map(item => item.sk).sort()).toEqual(theirs.map(event => event.id).sort());
});

test('an event that is to leave under another name is found under both; of one that has gone nothing is left', async () => {
  const table = memoryTable({ now: () => someTime });
  const quarantine = tableQuarantine(table, () => someTime);
  const event = someEvent({ profileId: 'profile-1' });
  await quarantine.add([{ event, reason: 'profile_not_found' }]);
  const [held] = await quarantine.find([event.id]);
  if (held?.state !== 'held') throw new Error('it is not held');
  await quarantine.release(held, { ...event, profileId: 'profile-2', redrive: { attempt: 2 } }, 'job-1');
  const of = async (profileId: string) => (await quarantinedOf(table, { profileId, matchKeys: [] }, someTime)).length;
  expect([await of('profile-1'), await of('profile-2'), await of('profile-3')]).toEqual([1, 1, 0]);
  await quarantine.letGo(held, 2);
  expect([await of('profile-1'), await of('profile-2')]).toEqual([0, 0]);
  const [gone] = (await table.query({ pk: `Q#${held.day}#0` })).items.concat(
    ...(await Promise.all([1, 2, 3].map(async n => (await table.query({ pk: `Q#${held.day}#${n}` })).items))),
  );
  expect(Object.keys(gone ?? {}).sort()).toEqual(['jobId', 'outcome', 'pk', 'sk', 'state', 'tries', 'ttl']);
});

test.each([
  [{ profileId: 'profile-1' }, true],
  [{ identifiers: [{ type: 'email' as const, value: 'JANE@example.com' }] }, true],
  [{ traits: { email: 'Jane@Example.com' } }, true],
  [{ deviceId: 'device-1' }, true],
  [{ anonymousId: 'device-1' }, false],
  [{ profileId: null, properties: { email: 'john@example.com' } }, false],
])('the patch %j names the person: %s', async (patch, isTheirs) => {
  const table = memoryTable({ now: () => someTime });
  await table.write(tableQuarantine(table, () => someTime).keepingPatch('job-1', patch));
  const person = { profileId: 'profile-1', matchKeys: ['email#jane@example.com', 'deviceId#device-1'] };
  expect(await redrivePatchesOf(table, person)).toHaveLength(isTheirs ? 1 : 0);
});
