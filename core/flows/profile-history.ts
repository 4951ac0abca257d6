import { fieldClassAt } from '../contract/field-class-at.ts';
import { identifierPath, ruledViewAt } from '../contract/view-at.ts';
import { attributeLog, type LogEntry } from '../engines/profiles/attribute-log.ts';
import { newestFirst } from '../engines/profiles/newest-first.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { FieldClass } from '../model/field-class.ts';
import { hiddenValue } from '../model/hidden-value.ts';
import type { IdentifierType } from '../model/identifier.ts';
import { Profile } from '../model/profile.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';

interface HistoryQuery {
  field?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** An entry with the class of what it tells, by which it is shown, masked or dropped. */
export type ClassedEntry = LogEntry & { dataClass: FieldClass | 'none' };

const classed = (entry: LogEntry): ClassedEntry => ({
  ...entry,
  dataClass: entry.field.startsWith('identifiers.') ? 'identifier' : (fieldClassAt(Profile, entry.field) ?? 'none'),
});

const identifiers = 'identifiers.';

const pathOf = (field: string): string =>
  field.startsWith(identifiers) ? identifierPath(field.slice(identifiers.length) as IdentifierType) : field;

/** A rule of the field goes before its class: what it leaves is of no class any more. */
const underRules = (entry: ClassedEntry, policy: FieldPolicy): ClassedEntry => {
  const view = ruledViewAt(policy, pathOf(entry.field));
  if (view === undefined) return entry;
  const { old, new: present, ...rest } = entry;
  if (view === 'drop') return { ...rest, dataClass: 'none' };
  const shown = (value: unknown) => (view === 'show' ? value : hiddenValue(view, value));
  return { ...entry, old: shown(old), new: shown(present), dataClass: 'none' };
};

/** A field, or everything below it. */
const isOf = (field: string | undefined, entry: LogEntry): boolean =>
  field === undefined || entry.field === field || entry.field.startsWith(`${field}.`);

/** A page of what became of each field of a profile, newest first. @throws Problem `NOT_FOUND` */
export const profileHistory = async (
  id: string,
  { field, limit, cursor }: HistoryQuery,
  policy: FieldPolicy,
  { profiles }: { profiles: Pick<ProfileStore, 'get' | 'attributeHistory'> },
): Promise<{ items: ClassedEntry[]; nextCursor?: string }> => {
  const { id: liveId, head, person } = await liveProfile(id, profiles);
  const noted = await profiles.attributeHistory(liveId);
  const entries = attributeLog(person, head.createdAt, noted).filter(entry => isOf(field, entry));
  const { items, ...rest } = newestFirst(entries, limit, cursor);
  return { items: items.map(entry => underRules(classed(entry), policy)), ...rest };
};
