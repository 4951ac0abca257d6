import type { Platform } from '../contract/audiences.ts';
import type { TellingFormat } from '../engines/activation/plan-tally.ts';

const webhookKeys = ['email', 'phone', 'customerId'] as const;

/** What a webhook is sent of a person: as they are, since it is one's own. */
const webhook: TellingFormat = {
  matchKeys: webhookKeys,
  rowsMax: 500,
  row: ({ profileId, email, phone, customerId, firstName, lastName, country }) => {
    const told = { profileId, email, phone, customerId, firstName, lastName, country };
    return Object.fromEntries(
      Object.entries(told).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
  },
};

const formats: Record<Platform, TellingFormat> = { webhook };

/** How a platform is told of people. */
export const tellingFormat = (platform: Platform): TellingFormat => formats[platform];
