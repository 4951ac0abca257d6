import { matchKey } from '../model/identifier.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { PrivacyRequest } from '../model/privacy-request.ts';
import { familyOf, type ProfileState } from '../model/profile-state.ts';
import type { RequestSubject } from '../model/request-subject.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';
import type { TextSeals } from '../ports/text-seals.ts';
import { sealSubject } from './sealed-subject.ts';

interface StockTools {
  profiles: Pick<ProfileStore, 'inventory'>;
  recipients: Pick<RecipientStore, 'ofProfile'>;
  requestSeals: TextSeals;
}

type Stock = Pick<PrivacyRequest, 'profileIds' | 'stores' | 'destinations' | 'sealed'>;

const lanes = 8;

/** What is held of whoever a request means, store by store, before anything of it goes; and what they are known by. */
export const takeStock = async (
  subject: RequestSubject,
  found: readonly ProfileState[],
  tools: StockTools,
): Promise<Stock> => {
  const profileIds = [...new Set(found.flatMap(familyOf))];
  const known = [...subject.identifiers, ...found.flatMap(({ person }) => person.identifiers)];
  const identifiers = [
    ...new Map(known.map(({ type, value }) => [matchKey({ type, value }), { type, value }])).values(),
  ];
  const keys = identifiers.map(matchKey);
  const counted = await inLanes(profileIds, lanes, id => tools.profiles.inventory(id, keys));
  const records = (await inLanes(profileIds, lanes, id => tools.recipients.ofProfile(id))).flat();
  return {
    profileIds,
    sealed: await sealSubject({ ...subject, identifiers }, tools),
    stores: Object.fromEntries(Object.entries(sumsOf(counted)).map(([store, held]) => [store, { held, removed: 0 }])),
    destinations: records
      .filter(({ state }) => state !== 'removed')
      .map(({ audienceId, platform }) => ({ audienceId, platform, outcome: 'waiting' as const })),
  };
};

/** The sums of several counts, by name. */
export const sumsOf = (all: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const counts of all) for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
};
