import * as z from 'zod';

/** What may be subscribed to. */
export const factTypes = [
  'profile.created',
  'profile.updated',
  'profile.merged',
  'profile.unmerged',
  'profile.erased',
  'segment.entered',
  'segment.exited',
  'consent.changed',
  'consent.confirmation_requested',
  'audience.synced',
  'audience.failed',
  'job.failed',
  'event.quarantined',
  'webhook.disabled',
  'identity.alert',
] as const;
export type FactType = (typeof factTypes)[number];

/** What a subscription is tried with. */
export const testFactType = 'webhook.test';

/**
 * Something that has happened, told by ids and names alone: what people wrote or are known by is not in it. `id` is the
 * same however often it is told. Facts of one subject come in the order of `order`.
 */
export const Fact = z.object({
  id: z.string(),
  type: z.enum([...factTypes, testFactType]),
  at: z.iso.datetime(),
  /** Whom or what it is about. */
  subject: z.string(),
  /** Where it stands among the facts of its subject; digits, compared as text. */
  order: z.string(),
  data: z.record(z.string(), z.json()),
});
export type Fact = z.output<typeof Fact>;

/** Sequence numbers have at most 40 digits. */
const orderDigits = 40;

type FactOf = Pick<Fact, 'type' | 'subject' | 'data'> & {
  /** Tells it from every other fact of its type and subject; the sequence number of the change that brought it. */
  sequence: string;
  /** Epoch ms. */
  at: number;
};

/** @example factOf({ type: 'profile.created', subject: 'profile-1', sequence: '7', at: 0, data: {} }).id // 'profile-created_profile-1_7' */
export const factOf = ({ type, subject, sequence, at, data }: FactOf): Fact => ({
  id: `${type.replaceAll(/[._]/g, '-')}_${subject}_${sequence}`,
  type,
  at: new Date(at).toISOString(),
  subject,
  order: sequence.padStart(orderDigits, '0'),
  data,
});

const aboutPeople =
  /^(?:profile-(?:created|updated|merged|unmerged)|segment-(?:entered|exited)|consent-(?:changed|confirmation-requested)|identity-alert)_([^_]+)_/;

/**
 * Whose fact it is, by its id; `undefined` for one that is about nobody, or about somebody who is gone: that an id was
 * erased is told on until everybody knows.
 */
export const personIn = (factId: string): string | undefined => aboutPeople.exec(factId)?.[1];

/** The subject that stands in the id of a fact. */
export const subjectIn = (factId: string): string => factId.split('_', 2)[1] ?? '';
