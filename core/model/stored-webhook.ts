import type { FieldPolicy } from './caller.ts';
import type { FactType } from './fact.ts';

/** Parts of a profile that may be sent along with what happened to it. */
export const webhookFields = ['externalIds', 'attributes', 'computed', 'consent'] as const;
export type WebhookField = (typeof webhookFields)[number];

/** A secret as it is kept, and until when (ISO 8601) it goes on signing after another took its place. */
export interface SealedSecret {
  sealed: string;
  until?: string | undefined;
}

/** A subscription as it is kept. Times are ISO 8601. */
export interface StoredWebhook {
  id: string;
  version: number;
  url: string;
  description?: string | undefined;
  events: FactType[];
  fields: WebhookField[];
  /** What the one who chose address and fields may read: nothing beyond it is sent. */
  fieldPolicy: FieldPolicy;
  active: boolean;
  /** Why it was switched off, where nobody asked for it. */
  disabled?: { at: string; reason: string } | undefined;
  /** Since when nothing was taken. */
  failingSince?: string | undefined;
  /** The newest first. */
  secrets: SealedSecret[];
  rotatedAt?: string | undefined;
  createdAt: string;
  updatedAt: string;
}
