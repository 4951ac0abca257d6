import { type AcceptedEvent, namedProfile } from '../../model/accepted-event.ts';
import { type Identifier, matchKey } from '../../model/identifier.ts';
import { isStrong } from '../../model/identifier-strength.ts';
import { defaultIdentityConfig, type IdentityConfig } from '../../model/identity-config.ts';
import { type ProfileTie, tieName } from '../../model/profile-tie.ts';
import { type HeldIdentifier, hasRoom } from './identifier-room.ts';
import { type UsableRules, usableIdentifiers } from './usable-identifiers.ts';

/** Who one or more events belong to: a profile that is there, or one to be created. */
export interface Subject {
  profileId?: string;
  events: AcceptedEvent[];
  /** Identifiers that the events bring and nobody has yet. */
  newIdentifiers: Identifier[];
  /** Others who have an identifier that the events name. */
  ties: ProfileTie[];
}

/** What is known of the profiles in question: who has a key, and which identifiers a profile has. */
export interface Claims {
  ownerOf(key: string): string | undefined;
  identifiersOf(profileId: string): readonly HeldIdentifier[];
}

export type ResolveRules = UsableRules & Pick<IdentityConfig, 'identifiers'>;

/**
 * Decides to whom each event belongs, in their order, as if each were committed before the next is looked at.
 *
 * An event that names a profile belongs to it. Otherwise its strongest identifier that somebody has decides, unless
 * that would join two people: an owner with another customer id is passed over, and a shared device does not tie a
 * person who is known by name to another one. Where this person would have more of a type than one may have, the weakest
 * identifier of the event is given up and the rest decides. An event that nobody claims begins a new profile.
 */
export const resolveSubjects = (
  events: readonly AcceptedEvent[],
  claims: Claims,
  rules: ResolveRules = defaultIdentityConfig,
): Subject[] => {
  const roster = new Roster(claims, rules);
  for (const event of events) {
    const { subject, identifiers } = roster.subjectOf(event);
    subject.events.push(event);
    roster.attach(subject, identifiers, Date.parse(event.receivedAt));
    roster.noteTies(subject, event, identifiers);
  }
  return roster.subjects.filter(subject => subject.events.length > 0);
};

class Roster {
  /** Also those who only have an identifier that an event of somebody else names. */
  readonly subjects: Subject[] = [];
  readonly #claims: Claims;
  readonly #rules: ResolveRules;
  readonly #byProfile = new Map<string, Subject>();
  readonly #byNewKey = new Map<string, Subject>();

  constructor(claims: Claims, rules: ResolveRules) {
    this.#claims = claims;
    this.#rules = rules;
  }

  /** With the identifiers that it goes by. */
  subjectOf(event: AcceptedEvent): { subject: Subject; identifiers: readonly Identifier[] } {
    const usable = usableIdentifiers(event.identifiers, this.#rules, key => this.#holder(key));
    const profileId = namedProfile(event);
    if (profileId !== undefined) return { subject: this.#ofProfile(profileId), identifiers: usable };
    const at = Date.parse(event.receivedAt);
    for (let kept = usable; kept.length > 0; kept = kept.slice(0, -1)) {
      const owner = this.#ownerAmong(kept);
      if (!owner) return { subject: this.#add({ events: [], newIdentifiers: [], ties: [] }), identifiers: kept };
      if (this.#fits(owner, kept, at)) return { subject: owner, identifiers: kept };
    }
    return { subject: this.#add({ events: [], newIdentifiers: [], ties: [] }), identifiers: [] };
  }

  attach(subject: Subject, identifiers: readonly Identifier[], at: number): void {
    for (const identifier of identifiers) {
      const key = matchKey(identifier);
      if (this.#ownerOf(key) || !hasRoom(this.#identifiersOf(subject), identifier, this.#rules, at)) continue;
      subject.newIdentifiers.push(identifier);
      this.#byNewKey.set(key, subject);
    }
  }

  /** What is replayed was noted the first time; somebody who is only coming to be is noted the next time. */
  noteTies(subject: Subject, event: AcceptedEvent, identifiers: readonly Identifier[]): void {
    if (subject.profileId === undefined || event.replayed) return;
    const named = new Map<string, Identifier[]>();
    for (const identifier of identifiers) {
      const otherId = this.#ownerOf(matchKey(identifier))?.profileId;
      if (otherId === undefined || otherId === subject.profileId) continue;
      named.set(otherId, [...(named.get(otherId) ?? []), identifier]);
    }
    for (const [otherId, ofOther] of named) {
      const tie = tieOf(subject.profileId, otherId, ofOther, event);
      if (!subject.ties.some(known => tieName(known) === tieName(tie))) subject.ties.push(tie);
    }
  }

  #ownerAmong(identifiers: readonly Identifier[]): Subject | undefined {
    for (const identifier of identifiers) {
      const owner = this.#ownerOf(matchKey(identifier));
      if (owner && !joinsTwoPeople(identifier, identifiers, this.#identifiersOf(owner))) return owner;
    }
    return undefined;
  }

  #fits(owner: Subject, identifiers: readonly Identifier[], at: number): boolean {
    const held = [...this.#identifiersOf(owner)];
    for (const identifier of identifiers) {
      if (this.#ownerOf(matchKey(identifier))) continue;
      if (!hasRoom(held, identifier, this.#rules, at)) return false;
      held.push(identifier);
    }
    return true;
  }

  #ownerOf(key: string): Subject | undefined {
    const profileId = this.#claims.ownerOf(key);
    return profileId === undefined ? this.#byNewKey.get(key) : this.#ofProfile(profileId);
  }

  /** The identifier as its owner has it. */
  #holder(key: string): Identifier | undefined {
    const owner = this.#ownerOf(key);
    return owner && this.#identifiersOf(owner).find(held => matchKey(held) === key);
  }

  #ofProfile(profileId: string): Subject {
    return this.#byProfile.get(profileId) ?? this.#add({ profileId, events: [], newIdentifiers: [], ties: [] });
  }

  #add(subject: Subject): Subject {
    this.subjects.push(subject);
    if (subject.profileId !== undefined) this.#byProfile.set(subject.profileId, subject);
    return subject;
  }

  #identifiersOf({ profileId, newIdentifiers }: Subject): HeldIdentifier[] {
    return [...(profileId === undefined ? [] : this.#claims.identifiersOf(profileId)), ...newIdentifiers];
  }
}

const tieOf = (
  profileId: string,
  otherId: string,
  named: readonly Identifier[],
  { id, receivedAt, byWriteKey = false }: AcceptedEvent,
): ProfileTie => ({
  profileId,
  otherId,
  grade: named.some(isStrong) ? 'named' : 'shared',
  types: [...new Set(named.map(({ type }) => type))],
  eventId: id,
  at: receivedAt,
  byWriteKey,
});

/** Would giving the event to the owner of `shared` mix two people up? */
const joinsTwoPeople = (shared: Identifier, given: readonly Identifier[], held: readonly Identifier[]): boolean => {
  const customerIds = held.filter(one => one.type === 'customerId');
  const claimed = given.find(one => one.type === 'customerId');
  if (claimed && customerIds.length > 0 && !customerIds.some(one => matchKey(one) === matchKey(claimed))) return true;
  return !isStrong(shared) && given.some(isStrong) && held.some(isStrong);
};
