import { inLanes } from '../model/in-lanes.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { Recipient, RecipientStore } from '../ports/recipient-store.ts';
import type { Wanted } from './lease-people.ts';

interface LetGoTools {
  profiles: ProfileStore;
  recipients: RecipientStore;
}

/** A destination that is told nothing any more. */
interface Silent {
  audienceId: string;
  platform: string;
  /** Is there the audience no more? */
  forgotten: boolean;
}

const lanes = 24;

/**
 * Nobody waits to be told of there any more. Of an audience that was deleted, and of people who were erased, nothing is
 * left.
 */
export const letGo = async (
  wanted: Wanted,
  { audienceId, platform, forgotten }: Silent,
  { profiles, recipients }: LetGoTools,
): Promise<void> => {
  const records = await recipients.ofAudience(audienceId, platform, [...wanted.keys()]);
  const states = await profiles.getMany(records.map(({ profileId }) => profileId));
  const letOne = (record: Recipient) => {
    const { profileId, syncIds = [] } = record;
    const forget = forgotten || states.get(profileId)?.head.life !== 'live';
    if (forget) return recipients.forget(record, [...new Set([...syncIds, ...(wanted.get(profileId) ?? [])])]);
    return record.failure ? recipients.settle({ ...record, failure: undefined }, record) : Promise.resolve(true);
  };
  await inLanes(records, lanes, letOne);
};
