import { type IdentifierType, matchKey } from '../model/identifier.ts';
import type { KnownIdentifier, ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';

/** What a profile is known by, as it is answered. */
export interface ShownIdentity {
  type: IdentifierType;
  value: string;
  firstSeenAt: string;
  /** Of the events that are still kept the last that came with it, or when it was first seen. */
  lastSeenAt: string;
  source: string;
  /** 0–100: how sure it is that it is this person's. */
  confidence: number;
}

/** What was given by whoever knows, or came with the person's own events, proves itself. */
const certain = 100;

export const shownIdentity = (
  { type, value, firstSeenAt, source }: KnownIdentifier,
  lastSeenAt = firstSeenAt,
): ShownIdentity => ({
  ...{ type, value, source, confidence: certain },
  firstSeenAt: new Date(firstSeenAt).toISOString(),
  lastSeenAt: new Date(Math.max(firstSeenAt, lastSeenAt)).toISOString(),
});

/** Everything that a profile is known by, in the order in which it came. */
export const profileIdentities = async (
  state: ProfileState,
  { profiles }: { profiles: Pick<ProfileStore, 'events'> },
): Promise<ShownIdentity[]> => {
  const lastSeen = new Map<string, number>();
  for (const { identifiers, timestamp } of await profiles.events(state))
    for (const key of identifiers.map(matchKey))
      lastSeen.set(key, Math.max(lastSeen.get(key) ?? 0, Date.parse(timestamp)));
  return state.person.identifiers.map(known => shownIdentity(known, lastSeen.get(known.key)));
};
