import { profileView } from '../engines/profiles/profile-view.ts';
import { withTraits } from '../engines/profiles/with-traits.ts';
import type { CalculatedTraits, TraitSet } from '../engines/traits/calculate-traits.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { ProfileChanged } from '../ports/profile-store.ts';
import { type RecentTools, recentEvents } from './recent-events.ts';

export interface RefreshedTraits {
  /** The profiles as they stand, and when (epoch ms) time alone next changes a trait of theirs. */
  refreshed: { profile: ProfileState; changesAt: number | undefined }[];
  /** Those that lost too many races: to be tried again. */
  lost: string[];
}

const roundsMax = 8;
const lanes = 24;

/**
 * Calculates the traits of profiles from the events that they have folded, and keeps those that are other than before.
 * What is kept depends on what was committed and on the time, and not on how often or in which order this is asked for;
 * it is kept only while the profile is as it was read, and whoever loses a race reads again.
 */
export const refreshTraits = async (
  profileIds: readonly string[],
  traits: TraitSet,
  tools: RecentTools,
): Promise<RefreshedTraits> => {
  const refreshed: RefreshedTraits['refreshed'] = [];
  let pending = [...new Set(profileIds)];
  for (let round = 0; round < roundsMax && pending.length > 0; round += 1) {
    const states = [...(await tools.profiles.getMany(pending)).values()].filter(({ head }) => head.life === 'live');
    const lost = await inLanes(states, lanes, async state => {
      const { values, changesAt } = await calculated(state, traits, tools);
      const after = withTraits(state, values, tools.now().getTime());
      if (after !== state && !(await commits(state, after, tools))) return [state.id];
      refreshed.push({ profile: after, changesAt });
      return [];
    });
    pending = lost.flat();
  }
  return { refreshed, lost: pending };
};

const calculated = async (state: ProfileState, traits: TraitSet, tools: RecentTools): Promise<CalculatedTraits> => {
  const now = tools.now().getTime();
  const { events: types, backMs } = traits.needs;
  const hasEvents = types.size > 0 && state.head.counters.events > 0;
  const events = hasEvents ? await recentEvents(state, { since: now - backMs, types }, tools) : [];
  return traits.calculate({ events, profile: profileView(state), now });
};

/** False when somebody was faster. */
const commits = async (before: ProfileState, after: ProfileState, { profiles }: RecentTools): Promise<boolean> => {
  try {
    await profiles.commit({ before, after });
    return true;
  } catch (fault) {
    if (fault instanceof ProfileChanged) return false;
    throw fault;
  }
};
