import * as z from 'zod';
import { Identifier } from './identifier.ts';
import { consentChannels } from './profile.ts';

/** What somebody is not to be reached by: one channel, or all of them. */
export const suppressedChannels = ['all', ...consentChannels] as const;
export type SuppressedChannel = (typeof suppressedChannels)[number];

/** Why somebody is not to be reached, since when, and until when. Times in epoch ms. */
export interface Suppression {
  reason: string;
  source: string;
  at: number;
  expiresAt?: number;
}

export type SuppressionsByChannel = Partial<Record<SuppressedChannel, Suppression>>;

/** Who is not to be reached, as it is written. */
export const NewSuppression = z
  .strictObject({
    profileId: z.string().min(1).max(200).optional(),
    identifiers: z.array(Identifier).min(1).max(20).optional(),
    /** Absent: all. */
    channels: z.array(z.enum(suppressedChannels)).min(1).max(suppressedChannels.length).default(['all']),
    reason: z.string().trim().min(1).max(200).default('import'),
    /** Absent: for ever. */
    expiresAt: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
  })
  .refine(({ profileId, identifiers }) => profileId !== undefined || identifiers !== undefined, 'names nobody');
export type NewSuppression = z.output<typeof NewSuppression>;

/** Whether what needs these channels is barred by what stands. */
export const isBarred = (standing: SuppressionsByChannel, channels: readonly SuppressedChannel[]): boolean =>
  standing.all !== undefined || channels.some(channel => standing[channel] !== undefined);
