import type { PlatformName } from '../contract/audience-platforms.ts';
import type { Audience } from '../contract/audiences.ts';
import { notFound } from '../errors.ts';
import type { Platform } from '../model/platform-config.ts';
import type { Collection } from '../ports/collection.ts';
import { listPartitions } from '../ports/profile-store.ts';
import { type PeopleTools, peopleOf } from './people-of.ts';
import { planPeople, type SituationTools } from './plan-people.ts';
import { sourcesOf } from './sync-sources.ts';

interface MembersTools extends SituationTools, PeopleTools {
  audiences: Collection<Audience>;
}

interface Asked {
  limit: number;
  cursor?: string | undefined;
  platform?: PlatformName | undefined;
}

interface AudienceMember {
  profileId: string;
  platforms: PlatformName[];
}

/** Where in the sources a page goes on: source, partition, and the place in it. */
interface Place {
  source: number;
  partition: number;
  after?: string | undefined;
}

const placeText = ({ source, partition, after = '' }: Place): string => `${source}.${partition}.${after}`;

const placeIn = (cursor: string | undefined): Place => {
  const [source = '0', partition = '0', ...after] = (cursor ?? '').split('.');
  const place = { source: Number(source) || 0, partition: Number(partition) || 0 };
  return after.join('.') === '' ? place : { ...place, after: after.join('.') };
};

/**
 * Who of an audience may be sent, and where, as they are now. Whoever is in several of its segments is told once, with
 * the first of them.
 *
 * @throws Problem `NOT_FOUND`
 */
export const audienceMembers = async (
  id: string,
  { limit, cursor, platform }: Asked,
  tools: MembersTools,
): Promise<{ items: AudienceMember[]; nextCursor?: string; total?: number }> => {
  const audience = await tools.audiences.get(id);
  if (!audience) throw notFound('Audience', id);
  const platforms = audience.platforms.filter(name => platform === undefined || name === platform);
  const sources = sourcesOf(audience, 'add');
  const items: AudienceMember[] = [];
  let place: Place | undefined = placeIn(cursor);
  while (place && items.length < limit) {
    const page: MembersPage = await pageAt(place, { audience, sources, platforms, limit: limit - items.length }, tools);
    items.push(...page.items);
    place = page.next;
  }
  const next = place === undefined ? {} : { nextCursor: placeText(place) };
  const total =
    cursor === undefined ? await totalOf({ audience, sources, platforms, limit: pageSize }, tools) : undefined;
  return { items, ...next, ...(total === undefined ? {} : { total }) };
};

interface Listing {
  audience: Audience;
  sources: readonly string[];
  platforms: readonly Platform[];
  limit: number;
}

interface MembersPage {
  items: AudienceMember[];
  next?: Place | undefined;
}

const pageSize = 500;

/** As many candidates as are asked for, so that a page never has more members. */
const pageAt = async (place: Place, listing: Listing, tools: MembersTools): Promise<MembersPage> => {
  const { audience, sources } = listing;
  const source = sources[place.source];
  if (source === undefined) return { items: [] };
  const part = { audienceId: audience.id, platform: '', source, partition: place.partition };
  const { profileIds, next } = await peopleOf(part, listing.limit, place.after, tools);
  const items = await allowed(profileIds, place.source, listing, tools);
  if (next !== undefined) return { items, next: { ...place, after: next } };
  const isLast = place.partition + 1 === listPartitions;
  const moved = { source: place.source + (isLast ? 1 : 0), partition: isLast ? 0 : place.partition + 1 };
  return { items, next: moved.source < sources.length ? moved : undefined };
};

const allowed = async (
  profileIds: readonly string[],
  source: number,
  { audience, sources, platforms }: Listing,
  tools: MembersTools,
): Promise<AudienceMember[]> => {
  if (profileIds.length === 0) return [];
  const earlier = await Promise.all(sources.slice(0, source).map(id => tools.memberships.ofSegment(id, profileIds)));
  const told = new Set(earlier.flat().flatMap(({ profileId, member }) => (member ? [profileId] : [])));
  const ids = profileIds.filter(id => !told.has(id));
  const found = new Map<string, PlatformName[]>(ids.map(id => [id, []]));
  for (const platform of platforms) {
    const steps = await planPeople(ids, { audience, platform, active: true }, [], tools);
    for (const { profileId, step } of steps) if (step.operation === 'add') found.get(profileId)?.push(platform);
  }
  return [...found].flatMap(([profileId, to]) => (to.length > 0 ? [{ profileId, platforms: to }] : []));
};

const countedMax = 5000;

/** How many there are, unless too many would have to be looked at. */
const totalOf = async (listing: Listing, tools: MembersTools): Promise<number | undefined> => {
  const sizes = await Promise.all(listing.sources.map(id => tools.memberships.count(id)));
  if (sizes.reduce((sum, size) => sum + size, 0) > countedMax) return undefined;
  let total = 0;
  let place: Place | undefined = placeIn(undefined);
  while (place) {
    const page: MembersPage = await pageAt(place, listing, tools);
    total += page.items.length;
    place = page.next;
  }
  return total;
};
