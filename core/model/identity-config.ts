import * as z from 'zod';
import type { Identifier, IdentifierType } from './identifier.ts';

const Score = z.number().min(0).max(100);
const Weight = z.number().min(0).max(1000);

/** How many identifiers of a type one person may have, and which is given up first: the one of the highest number. */
const IdentifierRule = z.strictObject({
  max: z.number().int().min(1).max(90),
  /** Counts those of so many days only; all of them when absent. */
  windowDays: z.number().int().min(1).max(3650).optional(),
  priority: z.number().int().min(1).max(100),
});
export type IdentifierRule = z.output<typeof IdentifierRule>;

/** The types that have a rule of their own; `custom` holds for each of them. */
const ruledTypes = {
  customerId: IdentifierRule,
  email: IdentifierRule,
  phone: IdentifierRule,
  deviceId: IdentifierRule,
  anonymousId: IdentifierRule,
  cookie: IdentifierRule,
  advertisingId: IdentifierRule,
  custom: IdentifierRule,
};

/** How it is decided who is who. Thresholds are scores from 0 to 100. */
export const IdentityConfig = z
  .strictObject({
    exactMatch: Score,
    probableMatch: Score,
    possibleMatch: Score,
    /** How much each type of identifier weighs among those that both have. */
    weights: z.strictObject({ email: Weight, phone: Weight, deviceId: Weight, customerId: Weight }),
    autoMergeThreshold: Score,
    manualReviewThreshold: Score,
    /** Whether people are also found by names, dates and addresses that are alike. */
    probabilisticMatching: z.boolean(),
    /** Whether addresses are the same that differ only in what their provider ignores. */
    providerAwareEmail: z.boolean(),
    identifiers: z.strictObject(ruledTypes),
    /** Values that tell nobody, besides those that never do; compared without case. */
    blockedValues: z.array(z.string().trim().min(1).max(256)).max(1000),
    /** Custom fields that are compared as well. */
    comparedCustomFields: z.array(z.string().min(1).max(100)).max(10),
    /** Joining without asking stops where one person has been joined so often in 24 hours. */
    automaticMergesPerDayMax: z.number().int().min(1).max(1000),
  })
  .meta({ id: 'IdentityConfig' });
export type IdentityConfig = z.output<typeof IdentityConfig>;

const others = { max: 50 };

export const defaultIdentityConfig: IdentityConfig = {
  exactMatch: 100,
  probableMatch: 80,
  possibleMatch: 60,
  weights: { email: 40, phone: 30, deviceId: 15, customerId: 15 },
  autoMergeThreshold: 95,
  manualReviewThreshold: 80,
  probabilisticMatching: true,
  providerAwareEmail: true,
  identifiers: {
    customerId: { max: 1, priority: 1 },
    email: { max: 5, priority: 2 },
    phone: { max: 5, priority: 3 },
    deviceId: { ...others, priority: 4 },
    anonymousId: { ...others, priority: 5 },
    cookie: { ...others, priority: 6 },
    advertisingId: { ...others, priority: 7 },
    custom: { ...others, priority: 8 },
  },
  blockedValues: [],
  comparedCustomFields: [],
  automaticMergesPerDayMax: 10,
};

/** The rule of a type. */
export const ruleOf = (type: IdentifierType, { identifiers }: Pick<IdentityConfig, 'identifiers'>): IdentifierRule =>
  identifiers[type.startsWith('custom:') ? 'custom' : (type as keyof typeof ruledTypes)];

const plain = (value: string): string => value.trim().toLowerCase();

/** Does the configuration say that the value tells nobody? */
export const isBlockedBy = ({ value }: Identifier, { blockedValues }: Pick<IdentityConfig, 'blockedValues'>): boolean =>
  blockedValues.length > 0 && blockedValues.some(blocked => plain(blocked) === plain(value));
