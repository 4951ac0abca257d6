import type { SegmentPatch, StoredSegment } from '../contract/segments.ts';
import { notFound, Problem } from '../errors.ts';
import { sameValue } from '../model/same-value.ts';
import { DocumentChanged } from '../ports/collection.ts';
import { addingVersion, type VersionNote } from './adding-version.ts';
import { type CreateSegmentTools, evaluationOf, resolveSources } from './create-segment.ts';
import { changedSince, checkIfMatch, documentTag } from './if-match.ts';
import { checkDefinition, checkSize, type Resolved, resolveSegment } from './resolve-segment.ts';

export interface SegmentUpdate {
  id: string;
  patch: SegmentPatch;
  /** An `If-Match` header. */
  ifMatch?: string | undefined;
  /** Whose request it is. */
  actor?: string | undefined;
  /** The version that it brings back. */
  restoredFrom?: number | undefined;
}

const triesMax = 20;

/**
 * Updates a segment as it is at that moment. Other rules, or another type, are a new definition, and the job that holds
 * it against everybody begins in the same step; whatever the former one is still deciding gives way to it. Segments that
 * name this one follow, each with a definition of its own.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` @throws Problem `PRECONDITION_FAILED`
 */
export const updateSegment = async (update: SegmentUpdate, tools: CreateSegmentTools): Promise<StoredSegment> => {
  const { id, patch, ifMatch, actor: by, restoredFrom } = update;
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await tools.segments.get(id);
    if (!before) throw notFound('Segment', id);
    checkIfMatch(ifMatch, documentTag(before));
    const after = patched(before, patch);
    if (sameValue(after, before)) return before;
    const sources = await resolveSources(tools);
    checkDefinition(id, after, sources);
    const resolved = resolveSegment(after, sources);
    checkSize(resolved);
    const updated = await redefine(before, { ...after, ...resolved }, tools, { by, restoredFrom });
    if (updated) {
      await followDefinitions(tools);
      return updated;
    }
    if (ifMatch !== undefined) throw changedSince();
  }
  throw new Problem('CONFLICT', `Segment ${id} is changed all the time; try again`);
};

/** `null` clears. */
const patched = (before: StoredSegment, patch: SegmentPatch): StoredSegment => {
  const named = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const { condition: _condition, uses: _uses, cutsVersion: _cuts, ...kept } = before;
  const whole = Object.entries({ ...kept, ...named }).filter(([, value]) => value !== null);
  const definition = Object.fromEntries(whole) as unknown as StoredSegment;
  return sameValue(definition, kept) ? before : definition;
};

/** What a definition consists of. */
const definitionIn = ({ type, rules, parentId, condition }: StoredSegment) => ({ type, rules, parentId, condition });

/**
 * Keeps a segment in place of what was read, with the job of a new definition, and as a version of its own where
 * somebody has changed it; `undefined` when somebody was faster.
 */
const redefine = async (
  before: StoredSegment,
  after: StoredSegment,
  tools: CreateSegmentTools,
  note?: VersionNote,
): Promise<StoredSegment | undefined> => {
  const [at, version] = [tools.now().toISOString(), before.version + 1];
  const redefined = !sameValue(definitionIn(after), definitionIn(before));
  const job = redefined ? evaluationOf({ ...after, rulesVersion: version }, at, tools) : undefined;
  const definition = job ? { rulesVersion: version, jobId: job.id } : {};
  const updated = { ...after, ...definition, version, updatedAt: at };
  try {
    await tools.commitTogether([
      tools.segments.replacing(updated),
      ...(note ? [addingVersion(updated, before, note, tools.segmentVersions)] : []),
      ...(job ? [tools.jobs.adding(job)] : []),
    ]);
    return updated;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return undefined;
    throw fault;
  }
};

const roundsMax = 50;

/**
 * Brings every definition up to date with what it names: other segments, and the cuts between scores. Whatever a process
 * that died left undone is done by the next that calls. Returns how many were changed.
 */
export const followDefinitions = async (tools: CreateSegmentTools): Promise<number> => {
  let changed = 0;
  for (let round = 0; round < roundsMax; round += 1) {
    const sources = await resolveSources(tools);
    const stale = sources.segments.flatMap(segment => {
      const resolved = resolveSegment(segment, sources);
      return isAsResolved(segment, resolved) ? [] : [{ segment, resolved }];
    });
    if (stale.length === 0) return changed;
    for (const { segment, resolved } of stale) {
      const { condition: _condition, uses: _uses, cutsVersion: _cuts, ...kept } = segment;
      if (await redefine(segment, { ...kept, ...resolved }, tools)) changed += 1;
    }
  }
  return changed;
};

const isAsResolved = ({ uses, cutsVersion }: StoredSegment, resolved: Resolved): boolean =>
  sameValue(uses, resolved.uses) && cutsVersion === resolved.cutsVersion;
