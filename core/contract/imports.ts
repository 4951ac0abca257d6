import * as z from 'zod';
import { classed } from '../model/field-class.ts';
import { ImportSpec } from '../model/import-spec.ts';
import { ImportTally } from '../model/import-tally.ts';
import { IdParams } from './paging.ts';
import { route } from './route.ts';
import { Job } from './system.ts';

/** A file of whole rows: whoever has the address may read it until it expires. */
const Download = z.object({ url: classed('identifier', z.string()), expiresAt: z.iso.datetime() });

const Import = z
  .object({
    id: z.string(),
    ...ImportSpec.shape,
    status: Job.shape.status,
    /** Bytes of the file. */
    progress: Job.shape.progress,
    counts: ImportTally.omit({ errors: true, firstWarning: true }),
    firstWarning: z.string().optional(),
    /** The first hundred. */
    errors: ImportTally.shape.errors,
    /** All rows that were not taken, with the reason: to be mended and imported again. */
    errorFile: Download.optional(),
    /** Why the import failed as a whole. */
    error: z.string().optional(),
    begunAt: z.iso.datetime().optional(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Import' });

export const createImport = route({
  id: 'createImport',
  capability: 'imports',
  method: 'POST',
  path: '/imports',
  scope: 'write',
  status: 202,
  summary: 'Import profiles, events, consents or suppressions from a file',
  description:
    'Answers where the file is to be put (`PUT`, within an hour, in UTF-8), and begins once `POST /imports/{id}/start` ' +
    'says that it is there; without it, within two minutes. A row of the file has its effect once, however often it is ' +
    'read. Profiles are written as of when the import begins: what was said since stays. `dryRun` judges every row and ' +
    'changes nothing. The job of the same id tells how far it is, and can be cancelled.',
  body: ImportSpec,
  bodyBytesMax: 128 * 1024,
  response: z.object({ jobId: z.string(), uploadUrl: z.string(), uploadExpiresAt: z.iso.datetime() }),
  examples: [
    {
      summary: 'Purchases, to be judged only',
      body: {
        kind: 'events',
        format: 'csv',
        mapping: {
          type: { value: 'purchase' },
          customerId: 'customer',
          timestamp: 'date',
          'properties.amount': 'amount',
          'properties.quantity': { column: 'quantity', as: 'number' },
        },
        dryRun: true,
      },
    },
    { summary: 'Profiles, each line as `POST /profiles` takes it', body: { kind: 'profiles', format: 'jsonl' } },
  ],
});

export const startImport = route({
  id: 'startImport',
  capability: 'imports',
  method: 'POST',
  path: '/imports/{id}/start',
  scope: 'write',
  status: 202,
  summary: 'Begin an import whose file is uploaded',
  params: IdParams,
  response: z.object({ jobId: z.string() }),
  problems: ['NOT_FOUND', 'CONFLICT'],
});

export const getImport = route({
  id: 'getImport',
  capability: 'imports',
  method: 'GET',
  path: '/imports/{id}',
  scope: 'read',
  status: 200,
  summary: 'How far is an import, and which rows were not taken?',
  description:
    'Every row that was read is accepted, a duplicate or rejected. `errorFile` holds whole rows, and is told only to ' +
    'those who may see all of a person.',
  params: IdParams,
  response: Import,
  problems: ['NOT_FOUND'],
});
