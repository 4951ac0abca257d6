import { checkTrait } from '../engines/traits/check-trait.ts';
import { Problem } from '../errors.ts';
import type { StoredTrait, Trait } from '../model/trait.ts';
import { type Collection, type CommitTogether, DocumentChanged } from '../ports/collection.ts';
import { everyPartition } from './create-segment.ts';
import { newWork, type StoredJob, type TraitJob } from './stored-job.ts';
import { kindsOfTraits } from './trait-kinds.ts';

export interface TraitTools {
  traits: Collection<StoredTrait>;
  jobs: Collection<StoredJob>;
  commitTogether: CommitTogether;
  newId: (prefix: string) => string;
  now: () => Date;
}

/** All of them are calculated together, and kept together in an item of each profile. */
const traitsMax = 50;

/**
 * Makes a trait and the job that calculates it for everybody, in one step.
 *
 * @throws Problem `VALIDATION_FAILED` with the path of everything that cannot be right; `CONFLICT` where there is one of
 * that name, or no room for another
 */
export const createTrait = async (
  given: Trait & { description?: string | undefined },
  tools: TraitTools,
  actor?: string,
): Promise<StoredTrait> => {
  const standing = await tools.traits.all();
  if (standing.some(({ id }) => id === given.name)) throw taken(given.name);
  if (standing.length >= traitsMax) throw new Problem('CONFLICT', `There are ${traitsMax} traits; delete one first`);
  const { holds, faults } = checkTrait(given, kindsOfTraits(standing));
  const [first] = faults;
  if (first) throw new Problem('VALIDATION_FAILED', `${first.path}: ${first.reason}`, faults);
  const at = tools.now().toISOString();
  const job = traitJob('trait.backfill', given.name, at, tools);
  const named = { id: given.name, version: 1, jobId: job.id, createdAt: at };
  const trait: StoredTrait = { ...given, ...named, holds, ...(actor === undefined ? {} : { createdBy: actor }) };
  try {
    await tools.commitTogether([tools.traits.adding(trait), tools.jobs.adding(job)]);
    return trait;
  } catch (fault) {
    if (fault instanceof DocumentChanged) throw taken(given.name);
    throw fault;
  }
};

const taken = (name: string): Problem =>
  new Problem('CONFLICT', `There is a trait ${name} already`, [{ path: 'body.name', reason: 'is taken' }]);

/** Goes through everybody. */
export const traitJob = (
  kind: TraitJob['kind'],
  name: string,
  at: string,
  { newId }: Pick<TraitTools, 'newId'>,
): TraitJob => ({ ...newWork(newId('job'), name, everyPartition, at), kind });
