import type { Audience } from '../contract/audiences.ts';
import type { StoredSegment } from '../contract/segments.ts';
import type { StoredTrait } from '../model/trait.ts';
import type { Collection } from '../ports/collection.ts';
import { type Cached, cached } from './cached.ts';

/** What people are held against. */
export interface Definitions {
  segments: StoredSegment[];
  audiences: Audience[];
  traits: StoredTrait[];
}

/** How long definitions may be remembered where changes are followed. */
const rememberSeconds = 1;

/**
 * How long a new definition waits before it is held against everybody. By then no one remembers the definitions from
 * before it, so that each change of a profile was either followed with it, or had been committed when the evaluation
 * reads the profile; and the list index shows everything that was there before.
 */
export const settleSeconds = 3;

export const rememberedDefinitions = (
  segments: Collection<StoredSegment>,
  audiences: Collection<Audience>,
  traits: Collection<StoredTrait>,
  now: () => Date,
): Cached<Definitions> => {
  const load = async (): Promise<Definitions> => {
    const [allSegments, allAudiences, allTraits] = await Promise.all([segments.all(), audiences.all(), traits.all()]);
    return { segments: allSegments, audiences: allAudiences, traits: allTraits };
  };
  return cached(load, rememberSeconds, now);
};
