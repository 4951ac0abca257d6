import type { Identifier } from './identifier.ts';
import type { Attributes, ComputedPatch, ConsentPurpose } from './profile.ts';
import type { Scores } from './scores.ts';
import type { TraitValue } from './trait.ts';

/** A computed value set by hand: it holds as of `at` (epoch ms); events received later are in `plus`. */
export interface Override {
  at: number;
  value: string | number;
  plus?: string | number;
}

/** How many events of each type happened on one day; `day` counts days of UTC since 1970. */
export interface DayCounts {
  day: number;
  types: Record<string, number>;
  /** Events of more types than are counted apart. */
  others: number;
}

/** What the events of a profile add up to. Folding events in any order gives the same counters. Times in epoch ms. */
export interface Counters {
  events: number;
  purchases: number;
  /** Exact decimal in the account currency: what orders were worth, less what was given back. */
  ltv: string;
  /** The same in currencies that are not converted, exact decimal by currency; what comes to nothing is not there. */
  otherCurrencies: Record<string, string>;
  firstSeenAt: number;
  lastSeenAt: number;
  lastPurchaseAt?: number;
  /** The newest day on which something happened. */
  newestDay?: DayCounts;
  overrides: Partial<Record<keyof ComputedPatch, Override>>;
  /** What is predicted: it follows from models, not from events alone. */
  scores?: Scores;
}

/** The counters of a profile without events. */
export const emptyCounters = (at: number): Counters => ({
  events: 0,
  purchases: 0,
  ltv: '0',
  otherCurrencies: {},
  firstSeenAt: at,
  lastSeenAt: at,
  overrides: {},
});

export type Life = 'live' | 'merged' | 'erased';

/** Where orders of a profile are kept: as it was by itself, or apart from that `since` a version that has a merge. */
export interface OrderPlace {
  id: string;
  since?: number;
}

/** The small item that every fold changes; its conditional update is the only commit point. */
export interface Head {
  version: number;
  life: Life;
  /** Of somebody who was erased: what they did goes on counting, as nobody's. */
  anonymised?: boolean;
  /** Who has its events now; never one that was merged itself. */
  mergedInto?: string;
  /** The merge that did it. */
  mergedBy?: string;
  /** Everybody who was merged into this profile, or into one of these. */
  members?: string[];
  /** The merges into this profile that were not undone, oldest first. */
  merges?: string[];
  /** Of a profile with members: where orders of all of them are kept. The first place takes new ones. */
  orderPlaces?: OrderPlace[];
  /** The merge, or its undoing, that is under way in several steps: nobody else may change the profile until it is over. */
  hold?: string;
  /** Epoch ms. */
  createdAt: number;
  updatedAt: number;
  counters: Counters;
  /** Fingerprints of the newest messages; older ones have moved to pages. */
  ring: number[];
  /** The first version whose messages are in the ring; those of every earlier one are in pages. */
  ringFrom?: number;
  /** Pages are numbered from 0 up to this. */
  pages: number;
  /** The days (since 1970) on which pages were last written, each with the first of its pages. */
  pageDays?: [day: number, page: number][];
  /** The newest chunk of events; each chunk names the one before it. A chunk that no one names does not exist. */
  lastChunk?: string;
}

/** Who said so, and when (epoch ms). Of two writers of one field the later wins; a tie goes to the larger id. */
export interface Provenance {
  at: number;
  id: string;
  source: string;
}

export interface KnownIdentifier extends Identifier {
  key: string;
  /** Epoch ms. */
  firstSeenAt: number;
  source: string;
}

/** What shows how somebody came to say something. */
export interface ConsentEvidence {
  /** Which version of which text they were shown. */
  textVersion?: string;
  textHash?: string;
  /** What for, in the words of whoever asked. */
  purpose?: string;
  jurisdiction?: string;
  formId?: string;
  /** A keyed hash of the address that it came from. */
  ipHash?: string;
  /** Epoch ms: until when it holds. */
  expiresAt?: number;
}

export interface ConsentState extends Provenance, ConsentEvidence {
  granted: boolean;
  /** It was said and waits to be confirmed by who has this token. */
  pending?: string;
}

/** What is known of a person; changes seldom, so it is kept apart from the head. */
export interface PersonRecord {
  version: number;
  attributes: Attributes;
  /** By dotted path below `attributes`. */
  provenance: Record<string, Provenance>;
  identifiers: KnownIdentifier[];
  consent: Partial<Record<ConsentPurpose, ConsentState>>;
  /** What was calculated of it last, by the names of traits. */
  traits?: Record<string, TraitValue>;
  updatedAt: number;
}

export interface ProfileState {
  id: string;
  head: Head;
  person: PersonRecord;
}

/** What one writer newly said about consent: a version of the ledger. */
export interface ConsentStatement extends Provenance, ConsentEvidence {
  changes: Partial<Record<ConsentPurpose, boolean>>;
  /** Those of them that wait to be confirmed, and by what. */
  pending?: Partial<Record<ConsentPurpose, string>>;
}

/** The profile itself and everybody who is a part of it. */
export const familyOf = ({ id, head }: Pick<ProfileState, 'id' | 'head'>): string[] => [id, ...(head.members ?? [])];

/** Where orders of a profile are kept; the first place takes new ones. */
export const orderPlacesOf = ({ id, head }: Pick<ProfileState, 'id' | 'head'>): OrderPlace[] =>
  head.orderPlaces ?? [{ id }];

const shownBy = ({ at: _at, id: _id, ...shown }: ConsentState): string => JSON.stringify(Object.entries(shown).sort());

/** Saying the same again is no new version, unless something else shows it. */
const isNews = (before: ConsentState | undefined, now: ConsentState): boolean =>
  before === undefined ||
  before.granted !== now.granted ||
  (before.at !== now.at && shownBy(before) !== shownBy({ ...now, source: before.source }));

/** Which consents differ between two records, by who changed them: what the ledger keeps. */
export const consentStatements = (before: PersonRecord, after: PersonRecord): ConsentStatement[] => {
  const statements = new Map<string, ConsentStatement>();
  for (const [name, now] of Object.entries(after.consent)) {
    const purpose = name as ConsentPurpose;
    if (!now || !isNews(before.consent[purpose], now)) continue;
    const { granted, pending, ...said } = now;
    const writer = `${now.at} ${now.id}`;
    const known = statements.get(writer) ?? { ...said, changes: {} };
    statements.set(writer, {
      ...known,
      changes: { ...known.changes, [purpose]: granted },
      ...(pending === undefined ? {} : { pending: { ...known.pending, [purpose]: pending } }),
    });
  }
  return [...statements.values()];
};
