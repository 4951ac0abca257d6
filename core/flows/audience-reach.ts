import type { Audience } from '../contract/audiences.ts';
import type { Platform } from '../model/platform-config.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';

/** How many people are at each platform, or may be, and how many it could not be told of. */
export const audienceReach = (
  { id, syncs }: Audience,
  { recipients }: { recipients: RecipientStore },
): Promise<{ platform: Platform; held: number; failed: number }[]> =>
  Promise.all(
    syncs.map(async ({ platform }) => {
      const [held, failed] = await Promise.all([recipients.count(id, platform), recipients.countFailed(id, platform)]);
      return { platform, held, failed };
    }),
  );
