import type { Platform } from '../../../model/platform-config.ts';
import { braze } from './braze.ts';
import { facebook } from './facebook.ts';
import { google } from './google.ts';
import { hubspot } from './hubspot.ts';
import { klaviyo } from './klaviyo.ts';
import { mailchimp } from './mailchimp.ts';
import type { PlatformFormat } from './platform.ts';
import { s3 } from './s3.ts';
import { webhook } from './webhook.ts';

/** How each platform is told of people. */
export const platforms: Readonly<Record<Platform, PlatformFormat>> = {
  webhook,
  facebook,
  google,
  klaviyo,
  mailchimp,
  braze,
  hubspot,
  s3,
};
