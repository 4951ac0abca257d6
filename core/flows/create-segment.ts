import type { StoredSegment } from '../contract/segments.ts';
import { rfmCutsId, type StoredRfmCuts } from '../model/rfm-cuts.ts';
import type { StoredTrait } from '../model/trait.ts';
import type { Collection, CommitTogether } from '../ports/collection.ts';
import { listPartitions } from '../ports/profile-store.ts';
import { addingVersion, type SegmentVersionsOf } from './adding-version.ts';
import { checkDefinition, checkSize, resolveSegment } from './resolve-segment.ts';
import { type EvaluateJob, newWork, type StoredJob } from './stored-job.ts';

type NewSegment = Pick<StoredSegment, 'name' | 'type' | 'rules' | 'parentId' | 'refresh'> & {
  description?: string | undefined;
};

export interface CreateSegmentTools {
  segments: Collection<StoredSegment>;
  segmentVersions: SegmentVersionsOf;
  rfmCuts: Collection<StoredRfmCuts>;
  traits: Pick<Collection<StoredTrait>, 'all'>;
  jobs: Collection<StoredJob>;
  commitTogether: CommitTogether;
  newId: (prefix: string) => string;
  now: () => Date;
}

export const everyPartition = Array.from({ length: listPartitions }, (_, partition) => String(partition));

/**
 * Makes a segment, its first version and the job that fills it, in one step: there is never one without the others.
 *
 * @throws Problem `VALIDATION_FAILED` with the path of everything that cannot be right in the rules
 */
export const createSegment = async (
  given: NewSegment,
  tools: CreateSegmentTools,
  actor?: string,
): Promise<StoredSegment> => {
  const at = tools.now().toISOString();
  const definition = { id: tools.newId('segment'), rulesVersion: 1 };
  const sources = await resolveSources(tools);
  checkDefinition(definition.id, given, sources);
  const resolved = resolveSegment(given, sources);
  checkSize(resolved);
  const job = evaluationOf({ ...given, ...definition }, at, tools);
  const segment: StoredSegment = {
    ...given,
    ...resolved,
    ...definition,
    jobId: job.id,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  const version = addingVersion(segment, undefined, { by: actor }, tools.segmentVersions);
  await tools.commitTogether([tools.segments.adding(segment), version, tools.jobs.adding(job)]);
  return segment;
};

/** Everything that rules may name. */
export const resolveSources = async ({
  segments,
  rfmCuts,
  traits,
}: Pick<CreateSegmentTools, 'segments' | 'rfmCuts' | 'traits'>) => {
  const [all, cuts, allTraits] = await Promise.all([segments.all(), rfmCuts.get(rfmCutsId), traits.all()]);
  return { segments: all, cuts, traits: allTraits };
};

/** The job that holds a definition against everybody; of one that has no rules it is done as it begins. */
export const evaluationOf = (
  { id, rulesVersion, type }: Pick<StoredSegment, 'id' | 'rulesVersion' | 'type'>,
  at: string,
  { newId }: Pick<CreateSegmentTools, 'newId'>,
): EvaluateJob => {
  const work = newWork(newId('job'), id, type === 'manual' ? [] : everyPartition, at);
  const status = type === 'manual' ? 'completed' : work.status;
  return { ...work, status, kind: 'segment.evaluate', segmentVersion: rulesVersion };
};
