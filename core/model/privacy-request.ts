import * as z from 'zod';

/** What somebody may ask of us, or whoever answers for them. */
export const requestTypes = [
  'access',
  'portability',
  'erasure',
  'anonymisation',
  'rectification',
  'restriction',
  'objection',
  'unsuppress',
] as const;
export type RequestType = (typeof requestTypes)[number];

export const regulations = ['gdpr', 'ccpa'] as const;
export type Regulation = (typeof regulations)[number];

/** How long an answer may take by law. */
export const dueDays: Readonly<Record<Regulation, number>> = { gdpr: 30, ccpa: 45 };

export const requestStates = ['pending', 'in_progress', 'completed', 'cancelled', 'failed'] as const;
export type RequestState = (typeof requestStates)[number];

/** What one store held of somebody when it began, what was removed from it, and what is left that should not be. */
export const StoreCounts = z.object({
  held: z.number().int(),
  removed: z.number().int(),
  left: z.number().int().optional(),
});
export type StoreCounts = z.output<typeof StoreCounts>;

/** What became of telling a destination: `told`, it holds them no more; `failed`, it took it in none of many tries. */
export const DestinationOutcome = z.object({
  audienceId: z.string(),
  platform: z.string(),
  outcome: z.enum(['told', 'waiting', 'failed']),
  reason: z.string().optional(),
});
export type DestinationOutcome = z.output<typeof DestinationOutcome>;

/** A copy that nobody can take out, and until when it lasts at most. */
export const ExpiringCopy = z.object({ store: z.string(), holds: z.string(), until: z.iso.datetime() });
export type ExpiringCopy = z.output<typeof ExpiringCopy>;

/** What is certified of an erasure: ids that lead nowhere any more, counts and times; nothing of who it was. */
export const Certificate = z.object({
  requestId: z.string(),
  subjectRequestId: z.string(),
  type: z.enum(requestTypes),
  regulation: z.enum(regulations),
  profileIds: z.array(z.string()),
  receivedAt: z.iso.datetime(),
  /** From then on nothing of them was answered. */
  tombstonedAt: z.iso.datetime().optional(),
  verifiedAt: z.iso.datetime().optional(),
  certifiedAt: z.iso.datetime(),
  stores: z.record(z.string(), StoreCounts),
  destinations: z.array(DestinationOutcome),
  /** How many identifiers are not taken any more; by keyed hash. */
  identifiersRefused: z.number().int(),
  expiring: z.array(ExpiringCopy),
});
export type Certificate = z.output<typeof Certificate>;

/** A part of a package, by which it can be checked. */
export const PackageFile = z.object({
  name: z.string(),
  rows: z.number().int(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
});
export type PackageFile = z.output<typeof PackageFile>;

/** What is known of a request beyond its work. Times in ISO 8601. */
export interface PrivacyRequest {
  type: RequestType;
  regulation: Regulation;
  /** The asker's own name for it. */
  subjectRequestId: string;
  callbackUrls: readonly string[];
  dueAt: string;
  /** Until then it has not begun, and can be taken back. */
  beginsAt: string;
  /** Its next stage is not to begin before. */
  waitsUntil?: string | undefined;
  /** Whose request it is and what is asked, sealed; gone as soon as it is answered. */
  sealed?: string | undefined;
  profileIds: string[];
  /** What names them is not taken any more. */
  suppress: boolean;
  /** The certificate waits until destinations were told. */
  propagate: boolean;
  reason?: string | undefined;
  /** When it came to each stage first. */
  stages: Record<string, string>;
  stores: Record<string, StoreCounts>;
  destinations: DestinationOutcome[];
  identifiersRefused: number;
  /** Parts of the package so far, in their order: of whoever asks for their data. */
  files: (PackageFile & { key: string })[];
  /** The certificate, as a signed text (JWS). */
  receipt?: string | undefined;
  certificate?: Certificate | undefined;
}
