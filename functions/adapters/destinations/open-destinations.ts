import type { Platform } from '../../../core/model/platform-config.ts';
import type { Destination, Destinations } from '../../../core/ports/destination.ts';
import type { ObjectStore } from '../../../core/ports/object-store.ts';
import type { Keyring } from '../../../core/ports/outlets.ts';
import type { DuckdbEngine } from '../lake/duckdb.ts';
import { brazeDestination } from './braze/braze-destination.ts';
import { facebookDestination } from './facebook/facebook-destination.ts';
import { googleDestination } from './google/google-destination.ts';
import { hubspotDestination } from './hubspot/hubspot-destination.ts';
import { klaviyoDestination } from './klaviyo/klaviyo-destination.ts';
import { mailchimpDestination } from './mailchimp/mailchimp-destination.ts';
import type { PlatformTools } from './platform-tools.ts';
import { s3Destination } from './s3/s3-destination.ts';
import { webhookDestination } from './webhook/webhook-destination.ts';

export interface DestinationTools extends PlatformTools {
  keyring: Keyring;
  egressAllow: readonly string[];
  /** Where files are dropped; asked for when the first one is. */
  objects: () => Pick<ObjectStore, 'put'>;
  engine: Pick<DuckdbEngine, 'using'>;
}

type Table = { [Name in Platform]: Destination<Name> };

/** Every platform that an audience can be sent to: a platform more is a line here, in `platforms`, `platformPlaces`. */
export const openDestinations = (tools: DestinationTools): Destinations => {
  const table: Table = {
    webhook: webhookDestination(tools.keyring, tools.egressAllow),
    facebook: facebookDestination(tools),
    google: googleDestination(tools),
    klaviyo: klaviyoDestination(tools),
    mailchimp: mailchimpDestination(tools),
    braze: brazeDestination(tools),
    hubspot: hubspotDestination(tools),
    s3: s3Destination(tools),
  };
  return { of: platform => table[platform] };
};
