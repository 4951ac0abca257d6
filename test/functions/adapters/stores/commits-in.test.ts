import { expect, test } from 'vitest';
import type { Item } from '../../../../core/ports/table.ts';
import { commitsIn } from '../../../../functions/adapters/stores/commits-in.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const told = (before: Item | undefined, after: Item | undefined) =>
  commitsIn([{ sequence: '7', at: 0, before, after }]);

test('what stores write is read back: a head, a person, a membership', async () => {
  const loop = new Loop();
  await loop.segment({ operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>', value: 1 }] });
  await loop.fold([customerEvent('a', { amount: 5, traits: { country: 'DE' } })]);
  await loop.run();
  const commits = loop.services.commitsIn(loop.changes);
  const [state] = (
    await loop.services.profiles.getMany([...(await loop.services.profiles.ownersOf(['customerId#a'])).values()])
  ).values();
  expect(commits.find(({ kind }) => kind === 'head')).toMatchObject({ profileId: state?.id, after: state?.head });
  expect(commits.find(({ kind }) => kind === 'person')).toMatchObject({ profileId: state?.id, after: state?.person });
  const [membership] = await loop.services.memberships.ofProfile(state?.id ?? '');
  expect(commits.find(({ kind }) => kind === 'membership')).toMatchObject({ before: undefined, after: membership });
});

test.each([
  ['SEGMENTS', 'segment'],
  ['AUDIENCES', 'audience'],
  ['JOBS', 'job'],
  ['WEBHOOKS', 'webhook'],
])('a new document in %s is told as a new %s, a changed one as one that was there', (pk, document) => {
  const item = { pk, sk: 'id-1' };
  expect(told(undefined, item)).toEqual([{ kind: 'document', sequence: '7', document, id: 'id-1', isNew: true }]);
  expect(told(item, item)).toEqual([{ kind: 'document', sequence: '7', document, id: 'id-1', isNew: false }]);
});

test.each([
  ['P#profile-1', 'E#000000000001#x'],
  ['P#profile-1', 'Y#audience-1#webhook'],
  ['COUNTERS', 'shard-1'],
  ['AUDIT#2026-02-15#3', 'x'],
  ['I#email#a@b.c', 'I'],
])('%s %s means nothing to those who follow', (pk, sk) => {
  expect(told(undefined, { pk, sk })).toEqual([]);
});

test.each([
  ['comes', undefined, 'a', [undefined, 'a']],
  ['stays for another reason', 'a', 'b', ['a', 'b']],
  ['leaves', 'a', undefined, ['a', undefined]],
])('an event that %s is told with its reasons; what has left is listed no more', (_, was, is, reasons) => {
  const item = (reason: string | undefined): Item => ({
    ...{ pk: 'Q#2026-02-15#3', sk: 'event-1' },
    ...(reason === undefined ? { state: 'gone' } : { lpk: 'QUARANTINE#3', lsk: 'x', reason }),
  });
  const before = was === undefined ? undefined : item(was);
  expect(told(before, item(is))).toEqual([
    {
      kind: 'quarantined',
      sequence: '7',
      day: '2026-02-15',
      eventId: 'event-1',
      before: reasons[0],
      after: reasons[1],
    },
  ]);
});

test('what is gone is told by what stood there', () => {
  const membership = { profileId: 'profile-1', segmentId: 'segment-1', member: true };
  expect(told({ pk: 'P#profile-1', sk: 'X#segment-1', m: membership }, undefined)).toEqual([
    { kind: 'membership', sequence: '7', before: membership, after: undefined },
  ]);
});
