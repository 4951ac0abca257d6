import * as z from 'zod';
import { classed } from './field-class.ts';
import { isEmailAddress } from './identifier.ts';
import { Decimal } from './money.ts';

const text = (max = 256) => z.string().max(max);
const Instant = z.iso.datetime({ offset: true });

const EmailAddress = z.string().trim().max(254).refine(isEmailAddress, 'must be an e-mail address');
const PhoneNumber = z
  .string()
  .trim()
  .max(40)
  .refine(phone => phone.replace(/\D/g, '').length >= 5, 'must have at least five digits');

/** ISO 3166-1 alpha-2, upper case; `UK` is understood as `GB`. */
export const Country = z
  .string()
  .trim()
  .regex(/^[A-Za-z]{2}$/, 'must be a two-letter country code')
  .transform(code => code.toUpperCase().replace(/^UK$/, 'GB'));

const CustomName = z
  .string()
  .regex(/^[A-Za-z0-9_$ .:-]{1,100}$/, 'a custom field has 1–100 letters, digits, blanks or _ $ . : -')
  .refine(name => !['__proto__', 'constructor', 'prototype'].includes(name), 'is not a field name');
/** What every store keeps as it is: DynamoDB has numbers from 1e-130 to below 1e126. */
const StorableNumber = z
  .number()
  .refine(value => value === 0 || (Math.abs(value) >= 1e-130 && Math.abs(value) < 1e126), 'is too large or too small');
const CustomScalar = z.union([z.string().max(8192), StorableNumber, z.boolean()]);
export const CustomValue = z.union([CustomScalar, z.array(CustomScalar).max(100)]);
export type CustomValue = z.output<typeof CustomValue>;

/** What is known of a person beyond who they are. Everything not named here belongs into `customFields`. */
export const attributeShape = {
  firstName: classed('contact', text()),
  lastName: classed('contact', text()),
  email: classed('contact', EmailAddress),
  phone: classed('contact', PhoneNumber),
  company: classed('contact', text()),
  title: classed('contact', text()),
  gender: classed('sensitive', text(40)),
  birthDate: classed('sensitive', z.iso.date()),
  language: text(35),
  timezone: text(64),
  country: Country,
  state: text(),
  city: text(),
  postalCode: classed('contact', text(20)),
  street: classed('contact', text()),
};
export type AttributeName = keyof typeof attributeShape;

const Tags = z.array(z.string().min(1).max(100)).max(1000);
export const CustomFields = z.record(CustomName, CustomValue);

/** Attributes as they are stored and answered. */
export const Attributes = z.object({
  ...z.object(attributeShape).partial().shape,
  tags: Tags,
  customFields: classed('behavioural', CustomFields),
});
export type Attributes = z.output<typeof Attributes>;

/** Attributes as they are written: any part; `null` clears a field, arrays replace. */
export const AttributesPatch = z.strictObject({
  ...(Object.fromEntries(Object.entries(attributeShape).map(([name, schema]) => [name, schema.nullish()])) as {
    [Name in AttributeName]: z.ZodOptional<z.ZodNullable<(typeof attributeShape)[Name]>>;
  }),
  tags: Tags.nullish(),
  customFields: z.record(CustomName, CustomValue.nullable()).nullish(),
});
export type AttributesPatch = z.output<typeof AttributesPatch>;

/** The channels and purposes that someone may agree to. */
export const consentChannels = ['email', 'sms', 'tracking', 'cookies', 'saleSharing', 'profiling'] as const;
export type ConsentChannel = (typeof consentChannels)[number];
/** A channel or a purpose of ours, or `custom:<name>` for one of somebody's own. */
export type ConsentPurpose = ConsentChannel | `custom:${string}`;
const consentShape = {
  email: z.boolean().optional(),
  sms: z.boolean().optional(),
  tracking: z.boolean().optional(),
  cookies: z.boolean().optional(),
  /** Whether data may be sold or shared, as California means it. */
  saleSharing: z.boolean().optional(),
  profiling: z.boolean().optional(),
};
/** A missing channel was never asked: that is not a yes. */
export const Consent = z.object({ ...consentShape, updatedAt: Instant.optional() });
export type Consent = z.output<typeof Consent>;
export const ConsentPatch = z.strictObject(consentShape);
export type ConsentPatch = z.output<typeof ConsentPatch>;

const identifierText = z.string().trim().min(1).max(256);
const identifierList = z.array(identifierText).max(50);

/** Who the person is in other systems. Single values first, then what one person may have many of. */
export const ExternalIds = z.object({
  email: classed('identifier', identifierText).optional(),
  phone: classed('identifier', identifierText).optional(),
  customerId: classed('identifier', identifierText).optional(),
  deviceIds: classed('identifier', z.array(identifierText)).optional(),
  anonymousIds: classed('identifier', z.array(identifierText)).optional(),
  cookies: classed('identifier', z.array(identifierText)).optional(),
  advertisingIds: classed('identifier', z.array(identifierText)).optional(),
  custom: classed('identifier', z.record(z.string(), identifierText)).optional(),
});
export type ExternalIds = z.output<typeof ExternalIds>;

export const ExternalIdsInput = z.strictObject({
  email: EmailAddress.optional(),
  phone: PhoneNumber.optional(),
  customerId: identifierText.optional(),
  deviceIds: identifierList.optional(),
  anonymousIds: identifierList.optional(),
  cookies: identifierList.optional(),
  advertisingIds: identifierList.optional(),
  custom: z.record(z.string().regex(/^[A-Za-z0-9_-]{1,40}$/), identifierText).optional(),
});
export type ExternalIdsInput = z.output<typeof ExternalIdsInput>;

/** What is computed from events, unless someone set it by hand. Money in the account currency. */
export const Computed = z.object({
  ltv: classed('behavioural', z.number()),
  aov: classed('behavioural', z.number()),
  purchaseCount: classed('behavioural', z.number().int()),
  firstSeenDate: Instant,
  lastSeenDate: classed('behavioural', Instant),
  lastPurchaseDate: classed('behavioural', Instant).optional(),
  churnRisk: classed('behavioural', z.number()),
  engagementScore: classed('behavioural', z.number()),
  /** What is expected of the next twelve months, in the account currency, and how likely a purchase is, 0 to 100. */
  ltv12m: classed('behavioural', z.number()).optional(),
  purchasePropensity: classed('behavioural', z.number()).optional(),
});
export type Computed = z.output<typeof Computed>;

const score = StorableNumber.min(0).max(100);
/** Absolute values that hold from the moment they are set; only events received later add to them. */
export const ComputedPatch = z.strictObject({
  ltv: Decimal.optional(),
  aov: Decimal.optional(),
  purchaseCount: z.number().int().min(0).max(1e9).optional(),
  firstSeenDate: Instant.optional(),
  lastSeenDate: Instant.optional(),
  lastPurchaseDate: Instant.optional(),
  churnRisk: score.optional(),
  engagementScore: score.optional(),
  ltv12m: Decimal.optional(),
  purchasePropensity: score.optional(),
});
export type ComputedPatch = z.output<typeof ComputedPatch>;

/** The golden record. */
export const Profile = z
  .object({
    id: z.string(),
    externalIds: ExternalIds,
    attributes: Attributes,
    computed: Computed,
    consent: Consent,
    /** Fields of the team’s own, calculated from events or by a formula; whoever has nothing of a trait has no value. */
    traits: classed('behavioural', z.record(z.string(), CustomValue)).optional(),
    segments: classed('behavioural', z.array(z.string())),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'Profile' });
export type Profile = z.output<typeof Profile>;
