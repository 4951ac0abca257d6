import { refusal } from '../contract/refusal.ts';
import { importSource } from '../engines/imports/import-source.ts';
import type { MappedRow } from '../engines/imports/row.ts';
import { rowErrorOf } from '../engines/imports/row-error-of.ts';
import { addTallies, emptyTally, type Tally } from '../engines/imports/tally.ts';
import { Problem, unprocessable } from '../errors.ts';
import { matchKey, whyUnusable } from '../model/identifier.ts';
import { inLanes } from '../model/in-lanes.ts';
import { NewSuppression } from '../model/suppression.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { profileKey } from '../ports/suppressions.ts';
import type { BegunImport, ImportTools, TakeRows } from './import-rows.ts';
import { liveProfile } from './live-profile.ts';

const lanes = 16;
const accepted: Tally = { ...emptyTally, accepted: 1 };

/** Keeps who is not to be reached, as of when the import began. */
export const importSuppressions: TakeRows = async (rows, job, tools) =>
  (await inLanes(rows, lanes, row => takeRow(row, job, tools))).reduce(addTallies, emptyTally);

const takeRow = async ({ row, body }: MappedRow, job: BegunImport, tools: ImportTools): Promise<Tally> => {
  const { data, error } = NewSuppression.safeParse(body);
  if (error) return { ...emptyTally, errors: [rowErrorOf(row, refusal('row', error))] };
  try {
    const { keys, profileId } = await whom(data, tools.profiles);
    const { channels, reason, expiresAt: until } = data;
    const expiresAt = until === undefined ? {} : { expiresAt: Date.parse(until) };
    const said = { channels, reason, source: job.spec.source ?? importSource, at: job.begun.at, ...expiresAt };
    if (!job.spec.dryRun) await tools.suppressions.keep(keys, { ...said, profileId });
    return accepted;
  } catch (fault) {
    if (!(fault instanceof Problem) || fault.status >= 500) throw fault;
    return { ...emptyTally, errors: [rowErrorOf(row, fault)] };
  }
};

/** The keys by which somebody is known, and who that is. @throws Problem */
const whom = async (
  { profileId, identifiers = [] }: NewSuppression,
  profiles: ProfileStore,
): Promise<{ keys: string[]; profileId: string | undefined }> => {
  for (const identifier of identifiers) {
    const reason = whyUnusable(identifier);
    if (reason !== undefined) throw unprocessable(identifier.type, reason);
  }
  const given = identifiers.map(matchKey);
  if (profileId === undefined) return { keys: given, profileId: [...(await profiles.ownersOf(given)).values()][0] };
  const { id, person } = await liveProfile(profileId, profiles);
  return { keys: [...new Set([...given, profileKey(id), ...person.identifiers.map(({ key }) => key)])], profileId: id };
};
