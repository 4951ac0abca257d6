import * as z from 'zod';
import { type Platform, platformNames, platformPlaces } from '../model/platform-config.ts';
import { type ConsentChannel, consentChannels } from '../model/profile.ts';

/** Where an audience can be sent. */
export const PlatformName = z.enum(platformNames);
export type PlatformName = Platform;

const consent = z.array(z.enum(consentChannels)).min(1).max(consentChannels.length);

/** Who may be sent to a platform; every platform has a purpose of its own when nothing is said. */
const whoMayBeSent = {
  /** Every one of these must have been granted by a person before anything about them is sent. */
  requiredConsent: consent.optional(),
  /** How certain it must be, 0 to 100, that what is known of a person is of one person. Absent: no matter. */
  minIdentityConfidence: z.number().min(0).max(100).optional(),
};

/** Whether what is sent there is sold or shared: then also nobody goes there who objected to that. Ad platforms always. */
const sharing = z.boolean().optional();

const { webhook, facebook, google, klaviyo, mailchimp, braze, hubspot, s3 } = platformPlaces;

/** Each platform’s part of an audience: where it is there, and who may be sent. */
export const AudienceConfig = z.strictObject({
  webhook: webhook.extend({ ...whoMayBeSent, requiredConsent: consent.default(['email']), sharing }).optional(),
  facebook: facebook.extend(whoMayBeSent).optional(),
  google: google.extend(whoMayBeSent).optional(),
  klaviyo: klaviyo.extend({ ...whoMayBeSent, sharing }).optional(),
  mailchimp: mailchimp.extend({ ...whoMayBeSent, sharing }).optional(),
  braze: braze.extend({ ...whoMayBeSent, sharing }).optional(),
  hubspot: hubspot.extend({ ...whoMayBeSent, sharing }).optional(),
  s3: s3.extend({ ...whoMayBeSent, sharing }).optional(),
});
export type AudienceConfig = z.output<typeof AudienceConfig>;

/** Who may be sent to a platform, as an audience says it. */
export interface WhoMayBeSent {
  requiredConsent?: ConsentChannel[] | undefined;
  minIdentityConfidence?: number | undefined;
  sharing?: boolean | undefined;
}
