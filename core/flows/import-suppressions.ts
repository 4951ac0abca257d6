import { refusal } from '../contract/refusal.ts';
import { importSource } from '../engines/imports/import-source.ts';
import type { MappedRow, RowError } from '../engines/imports/row.ts';
import { rowErrorOf } from '../engines/imports/row-error-of.ts';
import { emptyTally } from '../engines/imports/tally.ts';
import { Problem, unprocessable } from '../errors.ts';
import { matchKey, whyUnusable } from '../model/identifier.ts';
import { NewSuppression } from '../model/suppression.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { type KeyedSuppression, profileKey } from '../ports/suppressions.ts';
import type { BegunImport, TakeRows } from './import-rows.ts';
import { liveProfile } from './live-profile.ts';

interface JudgedRow {
  row: MappedRow['row'];
  data: NewSuppression;
}

const judge = ({ row, body }: MappedRow): JudgedRow | RowError => {
  const { data, error } = NewSuppression.safeParse(body);
  return error ? rowErrorOf(row, refusal('row', error)) : { row, data };
};

/** Keeps who is not to be reached, as of when the import began: all rows are looked up, and kept, together. */
export const importSuppressions: TakeRows = async (rows, job, { profiles, suppressions }) => {
  const judged = rows.map(judge);
  const known = await knownPeople(
    judged.flatMap(one => ('data' in one ? [one.data] : [])),
    profiles,
  );
  const kept: KeyedSuppression[] = [];
  const errors: RowError[] = [];
  for (const one of judged) {
    const outcome = 'data' in one ? await takeRow(one, job, known) : one;
    if ('keys' in outcome) kept.push(outcome);
    else errors.push(outcome);
  }
  if (!job.spec.dryRun) await suppressions.keep(kept);
  return { ...emptyTally, accepted: kept.length, errors };
};

const takeRow = async (
  { row, data }: JudgedRow,
  job: BegunImport,
  known: KnownPeople,
): Promise<KeyedSuppression | RowError> => {
  try {
    const { keys, profileId } = await whom(data, known);
    const { channels, reason, expiresAt: until } = data;
    const expiresAt = until === undefined ? {} : { expiresAt: Date.parse(until) };
    const said = { channels, reason, source: job.spec.source ?? importSource, at: job.begun.at, ...expiresAt };
    return { keys, suppression: { ...said, profileId } };
  } catch (fault) {
    if (!(fault instanceof Problem) || fault.status >= 500) throw fault;
    return rowErrorOf(row, fault);
  }
};

/** Who has the identifiers of the rows, and the profiles that these name. */
interface KnownPeople {
  owners: ReadonlyMap<string, string>;
  get: ProfileStore['get'];
}

const knownPeople = async (rows: readonly NewSuppression[], profiles: ProfileStore): Promise<KnownPeople> => {
  const usable = rows.flatMap(({ identifiers = [] }) => identifiers.filter(one => whyUnusable(one) === undefined));
  const named = [...new Set(rows.flatMap(({ profileId }) => profileId ?? []))];
  const [owners, states] = await Promise.all([
    profiles.ownersOf([...new Set(usable.map(matchKey))]),
    profiles.getMany(named),
  ]);
  const asked = new Set(named);
  return { owners, get: async id => (asked.has(id) ? states.get(id) : profiles.get(id)) };
};

/** The keys by which somebody is known, and who that is. @throws Problem */
const whom = async (
  { profileId, identifiers = [] }: NewSuppression,
  known: KnownPeople,
): Promise<{ keys: string[]; profileId: string | undefined }> => {
  for (const identifier of identifiers) {
    const reason = whyUnusable(identifier);
    if (reason !== undefined) throw unprocessable(identifier.type, reason);
  }
  const given = identifiers.map(matchKey);
  if (profileId === undefined) return { keys: given, profileId: given.flatMap(key => known.owners.get(key) ?? [])[0] };
  const { id, person } = await liveProfile(profileId, known);
  return { keys: [...new Set([...given, profileKey(id), ...person.identifiers.map(({ key }) => key)])], profileId: id };
};
