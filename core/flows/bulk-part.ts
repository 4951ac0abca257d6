import type { bulkPart as BulkPart, MessageBody } from '../contract/messages.ts';
import { bulkEdit, writtenPath } from '../engines/profiles/bulk-edit.ts';
import { Problem } from '../errors.ts';
import { addOutcomes, type BulkOutcome, type BulkTally } from '../model/bulk-action.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { questionBudget } from '../model/question-budget.ts';
import type { ErasedKeys } from '../ports/erased-keys.ts';
import type { Queue } from '../ports/outlets.ts';
import { ProfileChanged, type ProfileStore } from '../ports/profile-store.ts';
import { type FindTools, findProfiles } from './search-profiles.ts';
import type { BulkJob, JobTools } from './stored-job.ts';
import { updateProfile } from './update-profile.ts';
import { type StepOutcome, workStep } from './work-step.ts';

type Message = MessageBody<typeof BulkPart>;

export interface BulkTools extends FindTools, JobTools {
  profiles: ProfileStore;
  erasedKeys: Pick<ErasedKeys, 'among'>;
  queues: { bulkPart: Queue<Message> };
}

const [workSeconds, searchSeconds, pageSize, lanes, triesMax] = [20, 30, 200, 8, 64];

/** Changes some of those whom a search finds, for as long as there is time; the next message goes on from there. */
export const bulkPart = (message: Message, tools: BulkTools): Promise<void> => {
  const { jobs, now, queues } = tools;
  return workStep('profiles.bulk', message, (job, start) => change(job, start, tools), {
    ...{ jobs, now, queue: queues.bulkPart },
  });
};

/** From the oldest to the newest that was there when the job began: a page is where it was, whatever the changes change. */
const change = async (job: BulkJob, start: string, tools: BulkTools): Promise<StepOutcome<BulkJob>> => {
  const until = tools.now().getTime() + workSeconds * 1000;
  let place: string | undefined = start;
  let { tally, progress } = job;
  do {
    const page = await pageAt(job, place, tools);
    tally = await changePage(job, page.ids, tally, tools);
    progress = { done: tally.found, total: Math.max(page.total, tally.found) };
    place = page.nextCursor;
  } while (place !== undefined && tools.now().getTime() < until);
  return { next: place, told: { tally, progress } };
};

const pageAt = ({ search, fieldPolicy }: BulkJob, place: string, tools: BulkTools) => {
  const budget = questionBudget(searchSeconds, tools.now);
  const cursor = place === '' ? {} : { cursor: place };
  return findProfiles(search, { sort: 'createdAt', limit: pageSize, fieldPolicy, budget, ...cursor }, tools);
};

const changePage = async (
  job: BulkJob,
  ids: readonly string[],
  tally: BulkTally,
  tools: BulkTools,
): Promise<BulkTally> => {
  const states = await tools.profiles.getMany(ids);
  const begun = Date.parse(job.createdAt);
  const meant = ids.flatMap(id => states.get(id) ?? []).filter(({ head }) => head.createdAt <= begun);
  return addOutcomes(tally, await inLanes(meant, lanes, state => outcomeOf(job, state, tools)));
};

const outcomeOf = async (job: BulkJob, state: ProfileState, tools: BulkTools): Promise<BulkOutcome> => {
  const profileId = state.id;
  try {
    const isChanged = job.action.action === 'delete' ? erase(job, state, tools) : edit(job, state, tools);
    return { profileId, outcome: (await isChanged) ? 'changed' : 'unchanged' };
  } catch (fault) {
    if (!(fault instanceof Problem) || fault.status >= 500) throw fault;
    return { profileId, reason: fault.message };
  }
};

/** Said when the job began: it loses to what was said since, and to say it again changes nothing, which still counts. */
const edit = async (job: BulkJob, state: ProfileState, tools: BulkTools): Promise<boolean> => {
  const { action, actor, id: requestId } = job;
  if (action.action === 'delete' || state.head.life !== 'live') return false;
  const path = writtenPath(action);
  if (job.dryRun) return bulkEdit(action, state.person) !== undefined;
  const saidAt = Date.parse(job.createdAt);
  const after = await updateProfile(
    {
      ...{ id: state.id, requestId, source: 'bulk', actor, saidAt },
      edit: ({ person }) => ({ attributes: bulkEdit(action, person) ?? {}, identifiers: [] }),
    },
    tools,
  );
  return after.person.provenance[path]?.id === requestId;
};

/** Who is a part of somebody else by now was not found by this search. */
const erase = async ({ dryRun }: BulkJob, found: ProfileState, { profiles, now }: BulkTools): Promise<boolean> => {
  let state: ProfileState | undefined = found;
  for (let tries = 0; tries < triesMax; tries += 1) {
    if (state?.head.life !== 'live') return state?.head.life === 'erased';
    if (dryRun) return true;
    try {
      await profiles.erase(state, now().getTime());
      return true;
    } catch (fault) {
      if (!(fault instanceof ProfileChanged)) throw fault;
      state = await profiles.get(found.id);
    }
  }
  throw new Problem('CONFLICT', `Profile ${found.id} is changed all the time`);
};
