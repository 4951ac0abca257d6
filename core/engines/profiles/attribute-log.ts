import type { AttributeChange, NotedChanges, Saying } from '../../model/attribute-change.ts';
import type { PersonRecord } from '../../model/profile-state.ts';

/** One change of one field: `at` is when it was committed, ISO 8601. */
export interface LogEntry {
  at: string;
  /** Names the entry among those of its profile. */
  id: string;
  field: string;
  old?: unknown;
  new?: unknown;
  source: string;
  /** When it was said, ISO 8601: what came late was said before. */
  saidAt: string;
  /** The message or the request that said so, and whose request it was. */
  by?: string;
  actor?: string;
}

const iso = (at: number): string => new Date(at).toISOString();
const saying = ({ at, source, id }: Saying) => ({ source, saidAt: iso(at), ...(id === undefined ? {} : { by: id }) });

const entryOf = ({ version, at, actor }: NotedChanges, change: AttributeChange, index: number): LogEntry => {
  const { field, by, was: _was, place: _place, ...values } = change;
  const id = `${String(version).padStart(12, '0')}-${String(index).padStart(4, '0')}`;
  return { at: iso(at), id, field, ...values, ...saying(by), ...(actor === undefined ? {} : { actor }) };
};

/** What a profile began with: what stands and was never changed, and what stood before it was changed first. */
const firstValues = (person: PersonRecord, noted: readonly NotedChanges[]): [string, unknown, Saying][] => {
  const changed = new Map<string, AttributeChange>();
  for (const { changes } of noted) for (const change of changes) changed.set(change.field, change);
  const { tags, customFields, ...plain } = person.attributes;
  const standing = Object.entries({
    ...plain,
    ...(person.provenance.tags ? { tags } : {}),
    ...Object.fromEntries(Object.entries(customFields).map(([name, value]) => [`customFields.${name}`, value])),
  }).flatMap(([name, value]): [string, unknown, Saying][] => {
    const said = person.provenance[name];
    return said && !changed.has(`attributes.${name}`) ? [[`attributes.${name}`, value, said]] : [];
  });
  const before = [...changed.values()].flatMap(({ field, old, was }): [string, unknown, Saying][] =>
    old !== undefined && was && !field.startsWith('identifiers.') ? [[field, old, was]] : [],
  );
  return [...standing, ...before, ...firstIdentifiers(person, noted)];
};

/** Identifiers that came with the profile: those that no change has added. */
const firstIdentifiers = (person: PersonRecord, noted: readonly NotedChanges[]): [string, unknown, Saying][] => {
  const changes = noted.flatMap(one => one.changes).filter(({ field }) => field.startsWith('identifiers.'));
  const placeOf = (field: string, value: unknown) => `${field} ${String(value)}`;
  const added = new Set(changes.flatMap(({ field, new: value }) => (value === undefined ? [] : placeOf(field, value))));
  const removed = changes.flatMap(({ field, old, was }): [string, unknown, Saying][] =>
    old === undefined || !was ? [] : [[field, old, was]],
  );
  const standing = person.identifiers.map(({ type, value, firstSeenAt, source }): [string, unknown, Saying] => [
    `identifiers.${type}`,
    value,
    { at: firstSeenAt, source },
  ]);
  return [...standing, ...removed].filter(([field, value]) => !added.has(placeOf(field, value)));
};

/** Every change of a profile since it came to be, what it began with first; in no order. */
export const attributeLog = (person: PersonRecord, createdAt: number, noted: readonly NotedChanges[]): LogEntry[] => [
  ...noted.flatMap(one => one.changes.map((change, place) => entryOf(one, change, place))),
  ...firstValues(person, noted).map(([field, value, said], place) => ({
    ...entryOf({ version: 0, at: createdAt, changes: [] }, { field, new: value, by: said }, place),
  })),
];
