import type { Audience } from '../contract/audiences.ts';
import type { StoredSegment } from '../contract/segments.ts';
import { usualColumns } from '../engines/exports/export-columns.ts';
import { exportRow } from '../engines/exports/export-row.ts';
import { fullPath } from '../engines/exports/full-path.ts';
import { notFound, Problem } from '../errors.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { ExportSpec, exportPlatforms } from '../model/export-spec.ts';
import type { FieldClass } from '../model/field-class.ts';
import type { Collection } from '../ports/collection.ts';
import type { ExportFiles } from '../ports/export-files.ts';
import { type ActivateTools, activateAudience } from './activate-audience.ts';
import type { FilterTools } from './check-filter.ts';
import { isConnected } from './connected-platforms.ts';
import { type ExportPage, type ExportSources, exportReaders } from './export-rows.ts';
import { checkFields, startExport } from './start-export.ts';

type Platform = (typeof exportPlatforms)[number];

export interface SegmentExport {
  format: 'csv' | 'json' | Platform;
  fields?: string[] | undefined;
  listId?: string | undefined;
  purpose?: ExportSpec['purpose'];
  fieldPolicy: FieldPolicy;
}

export interface ExportSegmentTools extends ExportSources, FilterTools, Omit<ActivateTools, keyof ExportSources> {
  segments: Collection<StoredSegment>;
  audiences: Collection<Audience>;
  exportFiles: Pick<ExportFiles, 'csvText'>;
  newId: (prefix: string) => string;
}

/** An export as it is answered: what was written, or what goes on. */
export interface SegmentExported {
  format: SegmentExport['format'];
  status: 'completed' | 'running';
  rows?: number;
  skipped?: number;
  content?: string;
  items?: Record<string, never>[];
  jobId?: string;
  audienceId?: string;
}

/** More are written to a file. */
const inlineMax = 1000;

/**
 * Exports the members of a segment: at once, by a job, or to the list of a platform.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` for an unknown field @throws Problem `FORBIDDEN` for rows
 * that tell more than the caller may see
 */
export const exportSegment = async (
  segmentId: string,
  asked: SegmentExport,
  tools: ExportSegmentTools,
): Promise<SegmentExported> => {
  const { format, listId } = asked;
  const segment = await tools.segments.get(segmentId);
  if (!segment) throw notFound('Segment', segmentId);
  const spec = specOf(segmentId, asked);
  checkFields(spec);
  if (spec.platform !== undefined) checkSight(asked.fieldPolicy);
  if (format === 'klaviyo' && listId !== undefined && (await isConnected('klaviyo', tools)))
    return { format, status: 'running', ...(await syncedTo(listId, segment, tools)) };
  const members = await tools.memberships.count(segmentId);
  if (members > inlineMax)
    return { format, status: 'running', jobId: (await startExport(spec, { ...tools, segments: tools.segments })).id };
  return { format, status: 'completed', ...(await written(spec, asked, members, tools)) };
};

const specOf = (segmentId: string, { format, fields, purpose, fieldPolicy }: SegmentExport): ExportSpec => ({
  ...{ kind: 'members', segmentId, fieldPolicy, format: format === 'csv' ? 'csv' : 'jsonl' },
  ...(fields ? { fields: fields.map(fullPath) } : {}),
  ...(purpose ? { purpose } : {}),
  ...(format === 'csv' || format === 'json' ? {} : { platform: format }),
});

const told: readonly FieldClass[] = ['identifier', 'contact'];

const checkSight = (policy: FieldPolicy): void => {
  const hidden = told.filter(name => (policy[name] ?? 'show') !== 'show');
  if (hidden.length > 0)
    throw new Problem('FORBIDDEN', `Rows for a platform tell ${hidden.join(' and ')} data, which you may not see`, [
      { path: 'body.format', reason: 'tells what you may not see' },
    ]);
};

const written = async (
  spec: ExportSpec,
  { format, fields }: SegmentExport,
  members: number,
  tools: ExportSegmentTools,
): Promise<Pick<SegmentExported, 'rows' | 'skipped' | 'content' | 'items'>> => {
  const documents = await everyDocument(spec, tools);
  const counts = { rows: documents.length, skipped: Math.max(0, members - documents.length) };
  if (spec.platform !== undefined) return { ...counts, items: documents as Record<string, never>[] };
  const columns = spec.fields ?? usualColumns.members;
  const rows = documents.map(document => exportRow(document, columns, spec.format));
  if (format === 'csv') return { ...counts, content: tools.exportFiles.csvText(fields ?? columns, rows) };
  const nameOf = (path: string) => fields?.[columns.indexOf(path)] ?? path;
  const named = rows.map(row => Object.fromEntries(Object.entries(row).map(([path, value]) => [nameOf(path), value])));
  return { ...counts, items: named as Record<string, never>[] };
};

const everyDocument = async (spec: ExportSpec, tools: ExportSegmentTools): Promise<ExportPage['documents']> => {
  const documents: ExportPage['documents'] = [];
  let place: string | undefined = '';
  while (place !== undefined) {
    const page: ExportPage = await exportReaders.members(spec, place, tools);
    documents.push(...page.documents);
    place = page.next;
  }
  return documents;
};

/** The audience that is this segment on that list, made where there is none yet, and sent there. */
const syncedTo = async (listId: string, segment: StoredSegment, tools: ExportSegmentTools) => {
  const known = (await tools.audiences.all()).find(
    ({ segmentIds, config, deleting }) =>
      !deleting && segmentIds.length === 1 && segmentIds[0] === segment.id && config.klaviyo?.listId === listId,
  );
  const { id: audienceId } = known ?? (await audienceOn(listId, segment, tools));
  const wish = { platform: 'klaviyo', operation: 'add', dryRun: false } as const;
  const { syncId } = await activateAudience(audienceId, wish, tools);
  return { audienceId, ...(syncId === undefined ? {} : { jobId: syncId }) };
};

const audienceOn = async (
  listId: string,
  { id, name }: StoredSegment,
  { audiences, newId, now }: ExportSegmentTools,
): Promise<Audience> => {
  const at = now().toISOString();
  const audience: Audience = {
    ...{ id: newId('audience'), name: `${name} on list ${listId}`.slice(0, 200), version: 1 },
    ...{ segmentIds: [id], platforms: ['klaviyo'], config: { klaviyo: { listId } }, syncs: [] },
    ...{ createdAt: at, updatedAt: at },
  };
  await audiences.add(audience);
  return audience;
};
