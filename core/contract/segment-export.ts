import * as z from 'zod';
import { exportPlatforms } from '../model/export-spec.ts';
import { consentChannels } from '../model/profile.ts';
import { IdParams } from './paging.ts';
import { route } from './route.ts';

const ExportBody = z
  .strictObject({
    /** A table, objects, or the rows that a platform takes: normalised, and hashed where it asks for that. */
    format: z.enum(['csv', 'json', ...exportPlatforms]),
    /** Of csv and json: dotted paths, or the names of attributes alone. Absent: the usual ones. */
    fields: z.array(z.string().min(1).max(200)).min(1).max(200).optional(),
    /** The list at the platform that the members are to be on; where Klaviyo is connected they are put there. */
    listId: z
      .string()
      .regex(/^[A-Za-z0-9]{1,64}$/, 'has 1–64 letters and digits')
      .optional(),
    /** What the members must have agreed to; of a platform what it usually takes. Absent of csv and json: everybody. */
    purpose: z.enum(consentChannels).optional(),
  })
  .refine(({ format, fields }) => fields === undefined || format === 'csv' || format === 'json', {
    path: ['fields'],
    error: 'are chosen for csv and json; the rows of a platform are as it wants them',
  });

export const exportSegment = route({
  id: 'exportSegment',
  capability: 'segments',
  method: 'POST',
  path: '/segments/{id}/export',
  scope: 'write',
  status: 200,
  summary: 'Export the members of a segment',
  description:
    'Up to a thousand members are answered at once: csv as text in `content`, in which no spreadsheet finds a formula, ' +
    'everything else in `items`. Of more the answer is 202 with the `jobId` of a file: `GET /exports/{id}` tells where it ' +
    'is. Fields that the caller may not see, or only masked, are so here, too; rows for platforms need somebody who sees ' +
    'identifiers and contact data. With `listId` and a connected Klaviyo it is no file but a sync through the same gates ' +
    'as any other: `audienceId` and `jobId` tell which.',
  params: IdParams,
  body: ExportBody,
  response: z.object({
    format: ExportBody.shape.format,
    status: z.enum(['completed', 'running']),
    /** How many were written, and how many members may not be, or cannot be found there. */
    rows: z.number().int().optional(),
    skipped: z.number().int().optional(),
    content: z.string().optional(),
    items: z.array(z.record(z.string(), z.json())).optional(),
    jobId: z.string().optional(),
    audienceId: z.string().optional(),
  }),
  audited: true,
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [
    {
      summary: 'A table',
      body: { format: 'csv', fields: ['email', 'firstName', 'lastName', 'computed.ltv'] },
    },
    { summary: 'Rows for Klaviyo, of those who agreed to e-mail', body: { format: 'klaviyo', purpose: 'email' } },
  ],
});
