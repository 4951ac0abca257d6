import * as z from 'zod';

const idText = z.string().trim().min(1).max(64);
const digits = (what: string) => idText.regex(/^\d+$/, `${what} consists of digits`);

/** What of a person is sent only where an audience asks for it: more than finding them usually takes. */
export const extraKeys = ['gender', 'birthDate', 'advertisingId'] as const;
export type ExtraKey = (typeof extraKeys)[number];

/** Where an audience is at each platform: what names the place, and nothing about who may be sent there. */
export const platformPlaces = {
  webhook: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2048) }),
  facebook: z.strictObject({
    customAudienceId: digits('The id of a custom audience'),
    adAccountId: idText.regex(/^(act_)?\d+$/, 'The id of an ad account is act_ and digits'),
    extraKeys: z.array(z.enum(extraKeys)).max(extraKeys.length).optional(),
  }),
  google: z.strictObject({
    /** The account that owns the list, with or without dashes. */
    customerId: idText.regex(/^\d{3}-?\d{3}-?\d{4}$/, 'A customer id has ten digits'),
    userListId: digits('The id of a user list'),
    /** The manager account by which the credentials may act for it. */
    loginCustomerId: idText.regex(/^\d{3}-?\d{3}-?\d{4}$/, 'A customer id has ten digits').optional(),
  }),
  klaviyo: z.strictObject({ listId: idText.regex(/^[A-Za-z0-9]+$/, 'The id of a list has letters and digits') }),
  mailchimp: z.strictObject({
    listId: idText.regex(/^[A-Za-z0-9]+$/, 'The id of an audience has letters and digits'),
    /** The static segment (a tag) that holds the people; the list itself is shared with others. */
    segmentId: digits('The id of a segment'),
  }),
  braze: z.strictObject({
    /** The array attribute that holds the ids of a person’s audiences. */
    attribute: idText
      .regex(/^[A-Za-z0-9_ -]+$/, 'An attribute has letters, digits, blanks, _ and -')
      .default('audiences'),
  }),
  hubspot: z.strictObject({ listId: digits('The id of a list') }),
  s3: z.strictObject({
    /** The folder of the drop, below `drops/`. */
    prefix: z
      .string()
      .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, 'A folder has letters, digits, _ and -, parted by /')
      .max(200),
    format: z.enum(['csv', 'json', 'parquet']).default('csv'),
  }),
} as const;

export type Platform = keyof typeof platformPlaces;
export const platformNames = Object.keys(platformPlaces) as [Platform, ...Platform[]];

/** Where an audience is at a platform. */
export type PlatformPlace<Name extends Platform = Platform> = {
  [One in Name]: z.output<(typeof platformPlaces)[One]>;
}[Name];
