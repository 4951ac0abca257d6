import { expect, test } from 'vitest';
import { everyItem, type Item } from '../../../../core/ports/table.ts';
import { keys } from '../../../../functions/adapters/stores/access-patterns.ts';
import { quarantinedOf } from '../../../../functions/adapters/stores/quarantined-events.ts';
import { tableQuarantine } from '../../../../functions/adapters/stores/table-quarantine.ts';
import { memoryTable } from '../../../../functions/adapters/table/memory-table.ts';
import { someEmail, someEvent, someTime } from '../../../fixtures/profile-states.ts';

const dayMs = 86_400_000;

test('an event is kept for 30 days with its reason, once however often it is brought', async () => {
  const clock = { at: someTime };
  const table = memoryTable({ now: () => clock.at });
  const event = someEvent({ properties: { huge: 1e300, nested: { list: [1, null] } } });
  const kept = async () => {
    const items: Item[] = [];
    for await (const item of everyItem(table, { pk: keys.quarantined('2026-02-15', '').pk })) items.push(item);
    return items;
  };
  for (let time = 0; time < 2; time += 1) await tableQuarantine(table).add([{ event, reason: 'profile_not_found' }]);
  const [item, ...others] = await kept();
  expect(others).toEqual([]);
  expect(item).toMatchObject({ sk: event.id, reason: 'profile_not_found' });
  expect(JSON.parse(String(item?.e))).toEqual(event);
  clock.at += 30 * dayMs - 1000;
  expect(await kept()).toHaveLength(1);
  clock.at += 2000;
  expect(await kept()).toEqual([]);
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
