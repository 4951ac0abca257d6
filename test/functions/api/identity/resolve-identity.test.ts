import { beforeEach, expect, test } from 'vitest';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import type { Platform } from '../../../fixtures/open-platform.ts';
import { someEvent } from '../../../fixtures/profile-states.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const jane = { type: 'email', value: 'jane@x.example' } as const;
const phone = { type: 'phone', value: '+14155550101' } as const;
const rosa = { firstName: 'Rosa', lastName: 'Pendalfar', birthDate: '1971-05-23' };

let [loop, platform]: [Loop, Platform] = [undefined as never, undefined as never];
beforeEach(async () => {
  loop = new Loop();
  await loop.fold([
    someEvent({ identifiers: [{ type: 'customerId', value: 'customer-1' }, jane] }),
    someEvent({ identifiers: [phone] }),
    someEvent({ identifiers: [{ type: 'email', value: 'rosa@x.example' }], traits: rosa }),
  ]);
  await loop.run();
  platform = await loopPlatform(loop);
});

const resolve = async (body: unknown) => (await platform.call('resolveIdentity', { body })).data;
const idOf = async (key: string) => (await loop.services.profiles.ownersOf([key])).get(key);

test('an identifier that somebody has reaches this profile', async () => {
  const { trace, ...outcome } = await resolve({ identifiers: [{ type: 'email', value: 'JANE@x.example' }] });
  const id = await idOf('customerId#customer-1');
  expect(outcome).toEqual({ decision: 'attach', profileIds: [id], score: 100 });
  expect(trace).toEqual([{ step: 'identifier', type: 'email', outcome: 'belongs to', profileId: id }]);
});

test('the address is given up where another customer names it: somebody new', async () => {
  const { decision, profileIds } = await resolve({ identifiers: [{ type: 'customerId', value: 'customer-2' }, jane] });
  expect({ decision, profileIds }).toEqual({ decision: 'create', profileIds: [] });
});

test('identifiers of two profiles would have them reviewed', async () => {
  const { decision, score, profileIds } = await resolve({ identifiers: [jane, phone] });
  expect({ decision, score }).toEqual({ decision: 'review', score: 100 });
  expect(profileIds).toEqual([await idOf('email#jane@x.example'), await idOf('phone#14155550101')]);
});

test('attributes of somebody who is known would have them reviewed, and nothing is written', async () => {
  const before = loop.contents().filter(({ pk }) => !String(pk).startsWith('AUDIT#'));
  const outcome = await resolve({ attributes: rosa });
  expect(outcome).toMatchObject({ decision: 'review', profileIds: [await idOf('email#rosa@x.example')] });
  expect(outcome.trace).toMatchObject([{ step: 'candidate', score: outcome.score }]);
  expect(
    loop.contents().filter(({ pk }) => !String(pk).startsWith('AUDIT#') && !String(pk).startsWith('RATE#')),
  ).toEqual(before.filter(({ pk }) => !String(pk).startsWith('RATE#')));
});

test.each([
  [{ type: 'email', value: 'not an address' }, 'ignored: is not an e-mail address'],
  [{ type: 'phone', value: '000-0000' }, 'ignored: is a value that many people share'],
  [{ type: 'deviceId', value: '00000000-0000-0000-0000-000000000000' }, 'ignored: is a value that many people share'],
])('%j tells nobody', async (identifier, outcome) => {
  const { decision, trace } = await resolve({ identifiers: [identifier] });
  expect([decision, trace[0]?.outcome]).toEqual(['create', outcome]);
});
