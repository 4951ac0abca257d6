import { expect, test } from 'vitest';
import { foldWindow } from '../../../core/flows/fold-window.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { type Identifier, matchKey } from '../../../core/model/identifier.ts';
import { ProfileChanged, type ProfileCommit } from '../../../core/ports/profile-store.ts';
import { tableProfileStore } from '../../../functions/adapters/stores/table-profile-store.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { identityTools } from '../../fixtures/fold-tools.ts';
import { creationOf, someEmail, someEvent, someTime } from '../../fixtures/profile-states.ts';

const now = (): number => someTime;

/** The flow over a store in memory, with what it kept aside. */
const opened = () => {
  const profiles = tableProfileStore(memoryTable({ now }));
  const aside: { event: AcceptedEvent; reason: string }[] = [];
  let count = 0;
  const tools = {
    profiles,
    ...identityTools(),
    quarantine: {
      add: async (events: readonly { event: AcceptedEvent; reason: string }[]) => void aside.push(...events),
    },
    accountCurrency: 'USD',
    newId: (prefix: string) => `${prefix}-${count++}`,
    now: () => new Date(someTime),
  };
  const ownerOf = async (identifier: Identifier) => {
    const key = matchKey(identifier);
    const id = (await profiles.ownersOf([key])).get(key);
    return id === undefined ? undefined : profiles.get(id);
  };
  return { profiles, tools, aside, ownerOf };
};

const purchase = (properties: Record<string, unknown>, parts: Partial<AcceptedEvent> = {}): AcceptedEvent =>
  someEvent({ type: 'purchase', properties, ...parts });

test('every event of a window has exactly one outcome', async () => {
  const { profiles, tools, aside } = opened();
  const erased = creationOf();
  await profiles.commit(erased);
  await profiles.erase({ ...erased.after }, someTime);
  const email = someEmail();
  const twice = someEvent({ identifiers: [email] });
  const events = [
    twice,
    { ...twice, id: 'event-again' },
    someEvent({ identifiers: [email] }),
    someEvent({ quarantine: 'timestamp_before_1970' }),
    someEvent({ profileId: 'profile-none' }),
    someEvent({ profileId: erased.after.id }),
    purchase({ amount: 'ten' }, { identifiers: [email] }),
  ];
  const outcome = await foldWindow(events, tools);
  expect(outcome).toMatchObject({ stored: 2, duplicates: 1, quarantined: 3, refused: 1, failed: [] });
  expect(aside.map(({ reason }) => reason)).toEqual(['timestamp_before_1970', 'purchase_invalid', 'profile_not_found']);
  const again = await foldWindow(events, tools);
  expect(again).toMatchObject({ stored: 0, duplicates: 3, quarantined: 3, refused: 1, failed: [] });
});

test('an event that names a profile which is not there takes nobody else with it', async () => {
  const { tools, ownerOf } = opened();
  const email = someEmail();
  const astray = someEvent({ profileId: 'profile-none', identifiers: [email] });
  const outcome = await foldWindow([astray, someEvent({ identifiers: [email] })], tools);
  expect(outcome).toMatchObject({ stored: 1, quarantined: 1 });
  expect((await ownerOf(email))?.head.counters.events).toBe(1);
});

test('the first message owns an order; those of other messages are kept and count nothing', async () => {
  const { tools, ownerOf } = opened();
  const identifiers = [someEmail()];
  const order = (orderId: string) => purchase({ orderId, amount: 10 }, { identifiers });
  await foldWindow([order('A'), order('A'), order('B')], tools);
  await foldWindow([order('A'), order('C'), order('C')], tools);
  const state = await ownerOf(identifiers[0] ?? someEmail());
  expect(state?.head.counters).toMatchObject({ events: 6, purchases: 3, ltv: '30' });
});

test('an order that was taken just before a crash still counts, also when another message of it comes first', async () => {
  const { tools, profiles, ownerOf } = opened();
  const identifiers = [someEmail()];
  await foldWindow([someEvent({ identifiers })], tools);
  const state = await ownerOf(identifiers[0] ?? someEmail());
  const [first, second] = [1, 2].map(() => purchase({ orderId: 'A', amount: 10 }, { identifiers }));
  if (!state || !first || !second) throw new Error('nothing to begin with');
  const owner = { messageId: second.messageId, receivedAt: someTime, amount: '10', currency: 'USD' };
  await profiles.ownOrders([{ profileId: state.id, orderId: 'A', purchase: owner }]);
  await foldWindow([first, second], tools);
  expect((await ownerOf(identifiers[0] ?? someEmail()))?.head.counters).toMatchObject({ purchases: 1, ltv: '10' });
});

test('who loses every race is handed back, to come again', async () => {
  const { tools, profiles } = opened();
  const always = {
    ...profiles,
    commitMany: async (commits: readonly ProfileCommit[]) => commits.map(() => new ProfileChanged('always')),
  };
  const event = someEvent({ identifiers: [someEmail()] });
  const outcome = await foldWindow([event], { ...tools, profiles: always });
  expect(outcome).toMatchObject({ stored: 0, duplicates: 0, quarantined: 0, refused: 0, failed: [event] });
});

test('what would make a profile larger than it may be is kept aside, and its purchases still count', async () => {
  const { tools, aside, ownerOf } = opened();
  const identifiers = [someEmail()];
  const large = (part: number) =>
    someEvent({
      identifiers,
      traits: { customFields: Object.fromEntries([0, 1, 2].map(n => [`field ${part} ${n}`, 'x'.repeat(8000)])) },
    });
  const outcome = await foldWindow(
    [...Array.from({ length: 10 }, (_, part) => large(part)), purchase({ amount: 5 }, { identifiers })],
    tools,
  );
  expect(outcome).toMatchObject({ stored: 11, quarantined: 0 });
  const more = [...Array.from({ length: 10 }, (_, part) => large(part + 10)), purchase({ amount: 7 }, { identifiers })];
  expect(await foldWindow(more, tools)).toMatchObject({ stored: 1, quarantined: 10, failed: [] });
  expect(aside.every(({ reason }) => reason === 'profile_too_large')).toBe(true);
  expect((await ownerOf(identifiers[0] ?? someEmail()))?.head.counters.ltv).toBe('12');
});

test('whoever came early in a window is committed before whoever came late is begun with', async () => {
  const { profiles, tools } = opened();
  const emails = Array.from({ length: 250 }, () => someEmail());
  const committed: string[][] = [];
  const commitMany: typeof profiles.commitMany = async commits => {
    committed.push(commits.flatMap(({ after }) => after.person.identifiers.map(({ key }) => key)));
    return profiles.commitMany(commits);
  };
  const events = emails.map(email => someEvent({ identifiers: [email] }));
  const { stored } = await foldWindow(events, { ...tools, profiles: { ...profiles, commitMany } });
  expect(stored).toBe(250);
  expect(committed.flat()).toEqual(emails.map(matchKey));
  expect(committed.map(({ length }) => length)).toEqual([100, 100, 50]);
});
