import * as z from 'zod';
import { Group } from '../language/condition.ts';
import { FieldPolicy } from './caller.ts';
import { fileFormats } from './import-spec.ts';
import { consentChannels } from './profile.ts';

/** What may be exported. */
export const exportKinds = ['profiles', 'members', 'events'] as const;
/** Platforms whose rows may be exported. */
export const exportPlatforms = ['facebook', 'google', 'klaviyo', 'mailchimp', 'braze'] as const;

export type ExportKind = (typeof exportKinds)[number];

/** What an export has come to so far. */
export const ExportTally = z.object({ rows: z.number().int(), files: z.number().int() });
export type ExportTally = z.output<typeof ExportTally>;

/** What is to be exported, and as whom: nobody gets more than whoever asked for it may see. Times in epoch ms. */
export const ExportSpec = z.object({
  kind: z.enum(exportKinds),
  format: z.enum(fileFormats),
  /** The members of this segment. */
  segmentId: z.string().optional(),
  /** Of profiles, those of whom these rules hold. */
  rules: Group.optional(),
  /** The columns, by dotted paths; absent: the usual ones. */
  fields: z.array(z.string()).optional(),
  /** Of members, the rows that a platform takes. */
  platform: z.enum(exportPlatforms).optional(),
  /** Of members, those who have agreed to this. */
  purpose: z.enum(consentChannels).optional(),
  /** Of events: from when (included) until when (excluded), and of which types. */
  from: z.number().optional(),
  until: z.number().optional(),
  types: z.array(z.string()).optional(),
  fieldPolicy: FieldPolicy,
});
export type ExportSpec = z.output<typeof ExportSpec>;
