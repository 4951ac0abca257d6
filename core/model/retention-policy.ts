import * as z from 'zod';

/** What is kept for a time that may be said. */
export const retentionClasses = ['events', 'profiles'] as const;
export type RetentionClass = (typeof retentionClasses)[number];

export const retentionBases = ['receivedAt', 'occurredAt'] as const;
export const retentionActions = ['delete', 'anonymise'] as const;

export const RetentionPolicy = z.object({
  enabled: z.boolean(),
  days: z.number().int(),
  /**
   * From when the days are counted: `receivedAt`, when it came to us, so that history that is imported is not gone on its
   * arrival; or `occurredAt`, when it happened. Of profiles, of the last that came or happened.
   */
  basis: z.enum(retentionBases),
  action: z.enum(retentionActions),
});
export type RetentionPolicy = z.output<typeof RetentionPolicy>;

/** What was said in place of what the deployment says. */
export interface StoredRetentionPolicy extends RetentionPolicy {
  id: RetentionClass;
  version: number;
  updatedAt: string;
}

/** Everything of a class before an instant is over. */
export interface RetentionCutoff extends Pick<RetentionPolicy, 'basis' | 'action'> {
  /** Epoch ms. */
  before: number;
}

/** Events that had come by `at` and came, or happened, before an instant were removed. Epoch ms. */
export interface Purge extends Pick<RetentionPolicy, 'basis'> {
  before: number;
  at: number;
}

/** What was removed stays removed, whatever is said of retention afterwards. */
export interface RetentionPurge {
  id: 'events';
  version: number;
  purges: Purge[];
}

export interface RetentionCutoffs extends Partial<Record<RetentionClass, RetentionCutoff>> {
  purges?: readonly Purge[] | undefined;
}
