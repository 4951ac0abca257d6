import type { Audience, AudiencePatch } from '../contract/audiences.ts';
import { notFound, Problem } from '../errors.ts';
import type { Platform } from '../model/platform-config.ts';
import { type Collection, type Document, DocumentChanged } from '../ports/collection.ts';
import { type CommitSyncTools, refuseDeleting } from './activate-audience.ts';
import { beginSyncs } from './begin-sync.ts';
import { checkAddress, knownSegments } from './create-audience.ts';
import { changedSince, checkIfMatch, documentTag } from './if-match.ts';
import { runningSyncs, superseding } from './supersede-syncs.ts';
import { sourcesOf } from './sync-sources.ts';

export interface AudienceUpdate {
  id: string;
  patch: AudiencePatch;
  /** An `If-Match` header. */
  ifMatch?: string | undefined;
  egressAllow: readonly string[];
}

export interface UpdateAudienceTools extends CommitSyncTools {
  segments: Collection<Document>;
}

const triesMax = 20;

/**
 * Updates an audience as it is at that moment. Where an active platform has to know, the sync that brings it to the new
 * state begins in the same step.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` @throws Problem `CONFLICT`
 * @throws Problem `PRECONDITION_FAILED`
 */
export const updateAudience = async (update: AudienceUpdate, tools: UpdateAudienceTools): Promise<Audience> => {
  const patch = await checked(update, tools);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await tools.audiences.get(update.id);
    if (!before) throw notFound('Audience', update.id);
    checkIfMatch(update.ifMatch, documentTag(before));
    refuseDeleting(before);
    const after = patched(before, patch);
    if (JSON.stringify(after) === JSON.stringify(before)) return before;
    const updated = await commits(before, after, tools);
    if (updated) return updated;
    if (update.ifMatch !== undefined) throw changedSince();
  }
  throw new Problem('CONFLICT', `Audience ${update.id} is changed all the time; try again`);
};

const checked = async ({ patch, egressAllow }: AudienceUpdate, { segments }: UpdateAudienceTools) => {
  checkAddress(patch.config?.webhook?.url, egressAllow);
  const { segmentIds, excludeSegmentIds, platforms } = patch;
  return {
    ...patch,
    ...(segmentIds ? { segmentIds: await knownSegments('segmentIds', segmentIds, segments) } : {}),
    ...(excludeSegmentIds
      ? { excludeSegmentIds: await knownSegments('excludeSegmentIds', excludeSegmentIds, segments) }
      : {}),
    ...(platforms ? { platforms: [...new Set(platforms)] } : {}),
  };
};

/** @throws Problem `CONFLICT` for a platform that is to go while people are kept there */
const patched = (before: Audience, { description = before.description, config, ...given }: AudiencePatch): Audience => {
  const { description: _before, ...rest } = before;
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const told = description === null || description === undefined ? {} : { description };
  const after: Audience = { ...rest, ...named, ...told, config: { ...before.config, ...config } };
  const kept = before.syncs.find(({ platform, active }) => active && !after.platforms.includes(platform));
  if (kept) throw new Problem('CONFLICT', `${kept.platform} is active; activate it with the operation remove first`);
  return after;
};

/** What decides who is at a platform, and where that is. */
const stateAt = (audience: Audience, platform: Platform): string => {
  const { segmentIds, combine = 'any', excludeSegmentIds = [], holdoutPercent = 0, config } = audience;
  return JSON.stringify([segmentIds, combine, excludeSegmentIds, holdoutPercent, config[platform]]);
};

/** `undefined` when somebody else was faster. */
const commits = async (
  before: Audience,
  after: Audience,
  tools: UpdateAudienceTools,
): Promise<Audience | undefined> => {
  const moved = before.syncs
    .filter(({ active, platform }) => active && stateAt(before, platform) !== stateAt(after, platform))
    .map(({ platform }) => ({ platform, operation: 'replace' as const, sources: sourcesOf(after, 'replace') }));
  const { audience, jobs } = beginSyncs(after, moved, tools);
  const updated = { ...audience, version: before.version + 1, updatedAt: tools.now().toISOString() };
  const running = await runningSyncs(
    before,
    moved.map(({ platform }) => platform),
    tools,
  );
  const writes = [...jobs.map(job => tools.jobs.adding(job)), ...superseding(running, tools)];
  try {
    await tools.commitTogether([tools.audiences.replacing(updated), ...writes]);
    return updated;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return undefined;
    throw fault;
  }
};
