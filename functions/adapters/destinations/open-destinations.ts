import type { Platform } from '../../../core/model/platform-config.ts';
import { DeliveryFailed, type Destination, type Destinations } from '../../../core/ports/destination.ts';
import type { Keyring } from '../../../core/ports/outlets.ts';
import { webhookDestination } from './webhook/webhook-destination.ts';

export interface DestinationTools {
  keyring: Keyring;
  egressAllow: readonly string[];
}

type Table = { [Name in Platform]: Destination<Name> };

const notServed = {
  deliver: async () => {
    throw new DeliveryFailed('nothing is sent there yet', 'unauthorized');
  },
};

/** Every platform that an audience can be sent to. */
export const openDestinations = ({ keyring, egressAllow }: DestinationTools): Destinations => {
  const [facebook, google, klaviyo, mailchimp, braze, hubspot, s3] = Array.from({ length: 7 }, () => notServed);
  const webhook = webhookDestination(keyring, egressAllow);
  const others = { facebook, google, klaviyo, mailchimp, braze, hubspot, s3 } as Omit<Table, 'webhook'>;
  const table: Table = { webhook, ...others };
  return { of: platform => table[platform] };
};
