import type { NewProfile } from '../contract/profiles.ts';
import { importSource } from '../engines/imports/import-source.ts';
import type { MappedRow, RowError } from '../engines/imports/row.ts';
import { rowErrorOf } from '../engines/imports/row-error-of.ts';
import { addTallies, emptyTally, type Tally } from '../engines/imports/tally.ts';
import { mergeBody } from '../engines/profiles/merge-body.ts';
import { Problem } from '../errors.ts';
import { matchKey, whyUnusable } from '../model/identifier.ts';
import { createProfile } from './create-profile.ts';
import { type BegunImport, type ImportTools, importedRowId, type TakeRows } from './import-rows.ts';
import { judgeProfileRow } from './judge-rows.ts';
import { readAhead } from './read-ahead.ts';
import { rehearseProfiles } from './rehearse-profiles.ts';
import type { UpdateTools } from './update-profile.ts';

interface JudgedRow extends MappedRow {
  profile: NewProfile;
}

/** Somebody wins every race, so this many tries outlast as many others who write at once. */
const triesMax = 64;
const accepted: Tally = { ...emptyTally, accepted: 1 };

const judge = (given: MappedRow): JudgedRow | RowError => {
  const judged = judgeProfileRow(given);
  if ('error' in judged) return judged.error;
  if (keysOf(judged).length > 0) return { ...given, profile: judged.profile };
  return { row: given.row, path: '', reason: 'names nobody: it has no identifier that can be used' };
};

const keysOf = ({ profile }: Pick<JudgedRow, 'profile'>): string[] =>
  mergeBody(profile)
    .identifiers.filter(identifier => whyUnusable(identifier) === undefined)
    .map(matchKey);

/**
 * Creates or updates a profile per row, as of when the import began: of two rows on one field the later one stands, and
 * whatever was said since. So rows that come again change nothing. Rows are taken in their order: of two that claim an
 * identifier the first one has it.
 */
export const importProfiles: TakeRows = async (rows, job, tools) => {
  const judged = rows.map(judge);
  const errors = judged.filter(one => 'reason' in one);
  const good = judged.filter(one => 'profile' in one);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const taken = await takeTogether(good, job, tools);
    if (taken) return taken.reduce(addTallies, { ...emptyTally, errors });
  }
  throw new Error(`the profiles of import ${job.id} are changed all the time`);
};

/**
 * Takes all rows without writing any, then commits what came of each person, however many rows tell of it. `undefined`
 * where somebody else was faster with one of them: of what is there then, all rows are to be taken again.
 */
const takeTogether = async (
  rows: readonly JudgedRow[],
  job: BegunImport,
  tools: ImportTools,
): Promise<Tally[] | undefined> => {
  const keys = rows.flatMap(keysOf);
  const profiles = rehearseProfiles(await readAhead(keys, tools.profiles));
  const owners = await profiles.ownersOf(keys);
  const erased = await tools.erasedKeys.among(keys.filter(key => !owners.has(key)));
  const erasedKeys = { among: async (asked: readonly string[]) => new Set(asked.filter(key => erased.has(key))) };
  const taken: Tally[] = [];
  for (const row of rows) taken.push(await takeRow(row, job, { ...tools, profiles, erasedKeys }));
  const refusals = await tools.profiles.commitMany(profiles.commits());
  return refusals.some(refusal => refusal !== undefined) ? undefined : taken;
};

type Tools = UpdateTools & { newId: (prefix: string) => string };

const takeRow = async (row: JudgedRow, job: BegunImport, tools: Tools): Promise<Tally> => {
  const options = {
    onConflict: 'upsert' as const,
    requestId: importedRowId(job, row),
    source: job.spec.source ?? importSource,
    saidAt: job.begun.at,
  };
  try {
    await createProfile(row.profile, options, tools);
    return accepted;
  } catch (fault) {
    if (!(fault instanceof Problem) || fault.status >= 500) throw fault;
    return { ...emptyTally, errors: [rowErrorOf(row.row, fault)] };
  }
};
