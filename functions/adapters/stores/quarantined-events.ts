import type { EventPatch } from '../../../core/model/event-patch.ts';
import { type Identifier, impliedIdentifiers, matchKey } from '../../../core/model/identifier.ts';
import { inLanes } from '../../../core/model/in-lanes.ts';
import { quarantinePartitions } from '../../../core/ports/quarantine.ts';
import { everyItem, type Item, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { eventsIn, quarantinedDays } from './quarantine-items.ts';

interface Wanted {
  profileId: string;
  matchKeys: readonly string[];
}

const lanes = 16;

interface Naming {
  profileId?: string | null | undefined;
  identifiers?: readonly Identifier[] | null | undefined;
}

const namedBy = ({ profileId, matchKeys }: Wanted): ((naming: Naming) => boolean) => {
  const wanted = new Set(matchKeys);
  return ({ profileId: named, identifiers }) =>
    named === profileId || (identifiers ?? []).some(identifier => wanted.has(matchKey(identifier)));
};

/** Events that are kept aside and name a person, by id or by one of the match keys. `now`: epoch ms. */
export const quarantinedOf = async (table: Table, person: Wanted, now: number): Promise<Item[]> => {
  const isTheirs = namedBy(person);
  const places = quarantinedDays(now).flatMap(day =>
    Array.from({ length: quarantinePartitions }, (_, partition) => keys.quarantineDay(day, partition)),
  );
  const found = await inLanes(places, lanes, async pk => {
    const own: Item[] = [];
    for await (const item of everyItem(table, { pk, consistent: true }))
      if (eventsIn(item).some(isTheirs)) own.push(item);
    return own;
  });
  return found.flat();
};

/** Patches of redrives that name a person. */
export const redrivePatchesOf = async (table: Table, person: Wanted): Promise<Item[]> => {
  const isTheirs = namedBy(person);
  const found: Item[] = [];
  for await (const item of everyItem(table, { pk: keys.redrivePatch('').pk, consistent: true })) {
    if (isTheirs(namesIn(JSON.parse(String(item.patch)) as EventPatch))) found.push(item);
  }
  return found;
};

const namesIn = ({ profileId, identifiers, traits, deviceId, anonymousId }: EventPatch): Naming => ({
  profileId,
  identifiers: [
    ...(identifiers ?? []),
    ...impliedIdentifiers(traits ?? {}),
    ...(deviceId ? [{ type: 'deviceId' as const, value: deviceId }] : []),
    ...(anonymousId ? [{ type: 'anonymousId' as const, value: anonymousId }] : []),
  ],
});
