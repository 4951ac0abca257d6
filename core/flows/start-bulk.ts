import { fieldPatch } from '../engines/profiles/bulk-edit.ts';
import { notFound, Problem, unprocessable } from '../errors.ts';
import type { BulkAction } from '../model/bulk-action.ts';
import { emptyBulkTally } from '../model/bulk-action.ts';
import { type Caller, mayCall } from '../model/caller.ts';
import { orderOf, type ProfileSearch } from '../model/profile-search.ts';
import type { Collection, Document } from '../ports/collection.ts';
import { checkFilter, type FilterTools } from './check-filter.ts';
import { checkSeen } from './seen-fields.ts';
import { type BulkJob, newWork, type StoredJob } from './stored-job.ts';
import { onlyPart } from './work-step.ts';

interface StartTools extends FilterTools {
  jobs: Collection<StoredJob>;
  segments: Pick<Collection<Document>, 'get'>;
  newId: (prefix: string) => string;
  now: () => Date;
}

interface BulkWish {
  search: ProfileSearch;
  action: BulkAction;
  dryRun: boolean;
  caller: Caller;
}

/**
 * Makes the job that changes everybody whom a search finds; its work begins with what follows from its commit.
 *
 * @throws Problem `FORBIDDEN` for a field that the caller may not see, or who may not erase; `NOT_FOUND` for the segment;
 * `VALIDATION_FAILED` for a field that profiles do not have, or that cannot have the value
 */
export const startBulk = async ({ search, action, dryRun, caller }: BulkWish, tools: StartTools): Promise<BulkJob> => {
  if (action.action === 'delete' && !mayCall(caller, 'privacy'))
    throw new Problem('FORBIDDEN', 'To erase profiles needs the scope privacy, which the key or role does not have');
  if (search.rules) await checkFilter(search.rules, tools);
  checkSeen(search, orderOf('createdAt'), caller.fieldPolicy);
  if (action.action === 'set_field' && !fieldPatch(action.field, action.value))
    throw unprocessable('body.field', 'is no field that can be set to this value');
  if (search.segmentId !== undefined && !(await tools.segments.get(search.segmentId)))
    throw notFound('Segment', search.segmentId);
  const work = newWork(tools.newId('job'), action.action, [onlyPart], tools.now().toISOString());
  const by = { actor: caller.id, fieldPolicy: caller.fieldPolicy };
  const job: BulkJob = { ...work, kind: 'profiles.bulk', search, action, dryRun, ...by, tally: emptyBulkTally };
  await tools.jobs.add(job);
  return job;
};
