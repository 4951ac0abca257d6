import { type AcceptedEvent, namedProfile } from '../../model/accepted-event.ts';
import { type Identifier, matchKey } from '../../model/identifier.ts';

/** Who one or more events belong to: a profile that is there, or one to be created. */
export interface Subject {
  profileId?: string;
  events: AcceptedEvent[];
  /** Identifiers that the events bring and nobody has yet. */
  newIdentifiers: Identifier[];
}

/** What is known of the profiles in question: who has a key, and which identifiers a profile has. */
export interface Claims {
  ownerOf(key: string): string | undefined;
  identifiersOf(profileId: string): readonly Identifier[];
}

const strongTypes = new Set(['customerId', 'email', 'phone']);
const isStrong = ({ type }: Identifier) => strongTypes.has(type) || type.startsWith('custom:');
const limitOf = (type: string): number => (type === 'customerId' ? 1 : type === 'email' || type === 'phone' ? 5 : 50);
const identifiersMax = 90;

/**
 * Decides to whom each event belongs, in their order, as if each were committed before the next is looked at.
 *
 * An event that names a profile belongs to it. Otherwise its strongest identifier that somebody has decides, unless
 * that would join two people: an owner with another customer id is passed over, and a shared device does not tie a
 * person who is known by name to another one. An event that nobody claims begins a new profile.
 */
export const resolveSubjects = (events: readonly AcceptedEvent[], claims: Claims): Subject[] => {
  const roster = new Roster(claims);
  for (const event of events) {
    const subject = roster.subjectOf(event);
    subject.events.push(event);
    roster.attach(subject, event.identifiers);
  }
  return roster.subjects.filter(subject => subject.events.length > 0);
};

class Roster {
  /** Also those who only have an identifier that an event of somebody else names. */
  readonly subjects: Subject[] = [];
  readonly #claims: Claims;
  readonly #byProfile = new Map<string, Subject>();
  readonly #byNewKey = new Map<string, Subject>();

  constructor(claims: Claims) {
    this.#claims = claims;
  }

  subjectOf(event: AcceptedEvent): Subject {
    const profileId = namedProfile(event);
    if (profileId !== undefined) return this.#ofProfile(profileId);
    for (const identifier of event.identifiers) {
      const owner = this.#ownerOf(matchKey(identifier));
      if (owner && !joinsTwoPeople(identifier, event.identifiers, this.#identifiersOf(owner))) return owner;
    }
    return this.#add({ events: [], newIdentifiers: [] });
  }

  attach(subject: Subject, identifiers: readonly Identifier[]): void {
    for (const identifier of identifiers) {
      const key = matchKey(identifier);
      if (this.#ownerOf(key) || !this.#hasRoom(subject, identifier)) continue;
      subject.newIdentifiers.push(identifier);
      this.#byNewKey.set(key, subject);
    }
  }

  #ownerOf(key: string): Subject | undefined {
    const profileId = this.#claims.ownerOf(key);
    return profileId === undefined ? this.#byNewKey.get(key) : this.#ofProfile(profileId);
  }

  #ofProfile(profileId: string): Subject {
    return this.#byProfile.get(profileId) ?? this.#add({ profileId, events: [], newIdentifiers: [] });
  }

  #add(subject: Subject): Subject {
    this.subjects.push(subject);
    if (subject.profileId !== undefined) this.#byProfile.set(subject.profileId, subject);
    return subject;
  }

  #identifiersOf({ profileId, newIdentifiers }: Subject): Identifier[] {
    return [...(profileId === undefined ? [] : this.#claims.identifiersOf(profileId)), ...newIdentifiers];
  }

  #hasRoom(subject: Subject, { type }: Identifier): boolean {
    const held = this.#identifiersOf(subject);
    return held.length < identifiersMax && held.filter(one => one.type === type).length < limitOf(type);
  }
}

/** Would giving the event to the owner of `shared` mix two people up? */
const joinsTwoPeople = (shared: Identifier, given: readonly Identifier[], held: readonly Identifier[]): boolean => {
  const customerIds = held.filter(one => one.type === 'customerId');
  const claimed = given.find(one => one.type === 'customerId');
  if (claimed && customerIds.length > 0 && !customerIds.some(one => matchKey(one) === matchKey(claimed))) return true;
  return !isStrong(shared) && given.some(isStrong) && held.some(isStrong);
};
