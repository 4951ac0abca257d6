import * as z from 'zod';
import { Group } from '../language/condition.ts';
import { ExportSpec, exportKinds } from '../model/export-spec.ts';
import { classed } from '../model/field-class.ts';
import { fileFormats } from '../model/import-spec.ts';
import { IdParams } from './paging.ts';
import { route } from './route.ts';
import { Job } from './system.ts';

const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const ExportBody = z
  .strictObject({
    kind: z.enum(exportKinds),
    format: ExportSpec.shape.format,
    /** Whose members are meant. */
    segmentId: z.string().min(1).max(200).optional(),
    /** Of profiles, those of whom these hold. */
    rules: Group.optional(),
    /** Dotted paths, such as `attributes.email`; absent: the usual ones. */
    fields: z.array(z.string().min(1).max(200)).min(1).max(200).optional(),
    /** Of events, by the time at which they happened, as `endDate`. */
    startDate: Moment.optional(),
    endDate: Moment.optional(),
    types: z.array(z.string().min(1).max(100)).min(1).max(100).optional(),
  })
  .refine(({ kind, segmentId }) => (kind === 'members') === (segmentId !== undefined), {
    path: ['segmentId'],
    error: 'names the segment whose members are exported, and goes with nothing else',
  })
  .refine(({ kind, rules }) => rules === undefined || kind === 'profiles', {
    path: ['rules'],
    error: 'choose among profiles',
  })
  .refine(({ kind, startDate, endDate, types }) => kind === 'events' || !(startDate ?? endDate ?? types), {
    path: ['kind'],
    error: 'startDate, endDate and types choose among events',
  });

const Export = z
  .object({
    id: z.string(),
    /** `answer`: of a question that took longer than its caller waits. */
    kind: z.enum([...exportKinds, 'answer']),
    /** `json`: the answer as the route itself would have given it. */
    format: z.enum([...fileFormats, 'json']),
    status: Job.shape.status,
    progress: Job.shape.progress,
    rows: z.number().int(),
    sizeBytes: z.number().int().optional(),
    /** Whoever has the address may read the file until `expiresAt`; asking again gives another one, for seven days. */
    url: classed('identifier', z.string()).optional(),
    expiresAt: z.iso.datetime().optional(),
    error: z.string().optional(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Export' });

export const createExport = route({
  id: 'createExport',
  capability: 'exports',
  method: 'POST',
  path: '/exports',
  scope: 'write',
  status: 202,
  summary: 'Export profiles, members of a segment, or events',
  description:
    'Written in the background. CSV holds no cell that a spreadsheet runs as a formula; lines of JSON are gzipped. ' +
    'Fields that the caller may not see, or only masked, are so in the file, too.',
  body: ExportBody,
  response: z.object({ jobId: z.string() }),
  problems: ['NOT_FOUND'],
  examples: [
    {
      summary: 'Where those are who have spent most',
      body: {
        kind: 'profiles',
        format: 'csv',
        rules: { operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>', value: 1000 }] },
        fields: ['id', 'attributes.city', 'computed.ltv'],
      },
    },
    {
      summary: 'The purchases of a month',
      body: { kind: 'events', format: 'jsonl', startDate: '2026-01-01', endDate: '2026-01-31', types: ['purchase'] },
    },
  ],
});

export const getExport = route({
  id: 'getExport',
  capability: 'exports',
  method: 'GET',
  path: '/exports/{id}',
  scope: 'read',
  status: 200,
  summary: 'How far is an export, and where is its file?',
  description: '`url` is told to those who may see at least as much of a person as whoever asked for the export.',
  params: IdParams,
  response: Export,
  problems: ['NOT_FOUND'],
});
