import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { matchKey } from '../../../core/model/identifier.ts';
import { everyItem, type Item, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/** Events that could not be folded are kept for this long. */
export const quarantineDays = 30;

const dayMs = 86_400_000;

/** Events that are kept aside and name a person, by id or by one of the match keys. `now`: epoch ms. */
export const quarantinedOf = async (
  table: Table,
  { profileId, matchKeys }: { profileId: string; matchKeys: readonly string[] },
  now: number,
): Promise<Item[]> => {
  const wanted = new Set(matchKeys);
  const isTheirs = (event: AcceptedEvent): boolean =>
    event.profileId === profileId || event.identifiers.some(identifier => wanted.has(matchKey(identifier)));
  const found: Item[] = [];
  for (let age = -1; age <= quarantineDays + 1; age += 1) {
    const day = new Date(now - age * dayMs).toISOString().slice(0, 10);
    for await (const item of everyItem(table, { pk: keys.quarantined(day, '').pk, consistent: true })) {
      if (isTheirs(JSON.parse(String(item.e)) as AcceptedEvent)) found.push(item);
    }
  }
  return found;
};
