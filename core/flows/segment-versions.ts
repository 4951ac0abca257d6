import type { SegmentVersion } from '../contract/segment-versions.ts';
import type { SegmentPatch, StoredSegment } from '../contract/segments.ts';
import { notFound } from '../errors.ts';
import type { Collection, DocumentPage, Paged } from '../ports/collection.ts';
import { type SegmentVersionsOf, versionId } from './adding-version.ts';
import type { CreateSegmentTools } from './create-segment.ts';
import { updateSegment } from './update-segment.ts';

interface VersionTools {
  segments: Pick<Collection<StoredSegment>, 'get'>;
  segmentVersions: SegmentVersionsOf;
}

/** A page of what a segment has been, newest first. @throws Problem `NOT_FOUND` */
export const listVersions = async (
  segmentId: string,
  paging: Paged,
  { segments, segmentVersions }: VersionTools,
): Promise<DocumentPage<SegmentVersion>> => {
  if (!(await segments.get(segmentId))) throw notFound('Segment', segmentId);
  const { items, ...page } = await segmentVersions(segmentId).page(paging);
  return { ...page, items: items.map(({ told }) => told) };
};

export interface Restoring {
  segmentId: string;
  /** As it stands in the path. */
  version: string;
  actor?: string | undefined;
  ifMatch?: string | undefined;
}

/** Whatever the version says, and of all else that there is none of it; live is what says nothing of its refresh. */
const patchOf = (told: SegmentVersion, standing: StoredSegment): SegmentPatch => {
  const { name, type, description = null, rules = null, parentId = null } = told;
  const refresh = told.refresh ?? (standing.refresh === undefined ? undefined : 'live');
  return { name, type, description, rules, parentId, refresh };
};

/**
 * Makes a segment what it was at a version.
 *
 * @throws Problem `NOT_FOUND`, `VALIDATION_FAILED` where what it names is not there any more, `PRECONDITION_FAILED`
 */
export const restoreVersion = async (
  { segmentId, version, actor, ifMatch }: Restoring,
  tools: CreateSegmentTools,
): Promise<StoredSegment> => {
  const standing = await tools.segments.get(segmentId);
  if (!standing) throw notFound('Segment', segmentId);
  const kept = /^\d{1,12}$/.test(version)
    ? await tools.segmentVersions(segmentId).get(versionId(Number(version)))
    : undefined;
  if (!kept) throw notFound('Version', version);
  const { told } = kept;
  const update = { id: segmentId, patch: patchOf(told, standing), restoredFrom: told.version };
  return updateSegment({ ...update, ifMatch, actor }, tools);
};
