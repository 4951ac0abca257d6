import type { MessageBody, reevaluateProfile } from '../contract/messages.ts';
import type { StoredSegment } from '../contract/segments.ts';
import { TraitSet } from '../engines/traits/calculate-traits.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { sameValue } from '../model/same-value.ts';
import type { StoredTrait } from '../model/trait.ts';
import type { Collection } from '../ports/collection.ts';
import { type DecideTools, decideMemberships } from './decide-memberships.ts';
import { refreshTraits } from './refresh-traits.ts';
import { isLive } from './segment-indexes.ts';

type Message = MessageBody<typeof reevaluateProfile>;

export interface ReevaluateTools extends DecideTools {
  segments: Collection<StoredSegment>;
  traits: Pick<Collection<StoredTrait>, 'all'>;
}

/** What profiles are calculated and decided by. */
interface Standing {
  segments: StoredSegment[];
  traits: StoredTrait[];
}

const roundsMax = 3;
const lanes = 24;

const standingIn = async ({ segments, traits }: ReevaluateTools): Promise<Standing> => {
  const [allSegments, allTraits] = await Promise.all([segments.all(), traits.all()]);
  return { segments: allSegments.filter(isLive), traits: allTraits };
};

/**
 * Calculates the traits of some profiles and then decides all of their memberships that are kept up to date with every
 * change. The definitions are read again afterwards: what was written by one that was replaced meanwhile might have been
 * written behind the back of the new one's evaluation, so it is made again.
 *
 * Returns the messages that shall come again.
 */
export const reevaluateProfiles = async (
  messages: readonly Message[],
  tools: ReevaluateTools,
): Promise<ReadonlySet<Message>> => {
  const ids = messages.map(({ profileId }) => profileId);
  let standing = await standingIn(tools);
  for (let round = 0; round < roundsMax; round += 1) {
    const lost = new Set(await decideAll(ids, standing, tools));
    const now = await standingIn(tools);
    const stands = sameDefinitions(standing.segments, now.segments) && sameValue(standing.traits, now.traits);
    if (stands) return new Set(messages.filter(({ profileId }) => lost.has(profileId)));
    standing = now;
  }
  return new Set(messages);
};

const readStandingOf =
  ({ memberships }: ReevaluateTools) =>
  async (profileIds: readonly string[]) =>
    (await inLanes(profileIds, lanes, id => memberships.ofProfile(id))).flat();

/** Returns those that are to be tried again. */
const decideAll = async (
  ids: readonly string[],
  { segments, traits }: Standing,
  tools: ReevaluateTools,
): Promise<string[]> => {
  const deciding = { segments, areAll: true, readStanding: readStandingOf(tools) };
  if (traits.length === 0) return clearing(ids, seen => decideMemberships(ids, { ...deciding, seen }, tools), tools);
  const set = new TraitSet(traits);
  const { refreshed, lost } = await refreshTraits(ids, set, tools);
  const traitTimes = new Map(refreshed.map(({ profile, changesAt }) => [profile.id, changesAt]));
  const also = set.needs.areTimed ? { alsoAt: (id: string) => traitTimes.get(id) } : {};
  return [...lost, ...(await decideMemberships(ids, { ...deciding, ...also }, tools))];
};

/** Where there are no traits any more, what was left of one goes as well: whoever made it may have known it still. */
const clearing = async (
  ids: readonly string[],
  decide: (seen: (profile: ProfileState) => void) => Promise<string[]>,
  tools: ReevaluateTools,
): Promise<string[]> => {
  const left = new Set<string>();
  const lost = await decide(({ id, person }) => {
    if (person.traits !== undefined) left.add(id);
  });
  if (left.size === 0) return lost;
  const cleared = await refreshTraits(
    ids.filter(id => left.has(id)),
    new TraitSet([]),
    tools,
  );
  return [...lost, ...cleared.lost];
};

/** A definition that only came to be meanwhile is held against everybody by its own evaluation. */
const sameDefinitions = (before: readonly StoredSegment[], after: readonly StoredSegment[]): boolean => {
  const versions = new Map(after.map(({ id, rulesVersion }) => [id, rulesVersion]));
  return before.every(({ id, rulesVersion }) => versions.get(id) === rulesVersion);
};
