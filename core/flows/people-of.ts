import type { MessageBody, syncAudience } from '../contract/messages.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { RecipientPage, RecipientStore } from '../ports/recipient-store.ts';
import { failedSource, recipientsSource } from './sync-sources.ts';

type Message = MessageBody<typeof syncAudience>;

export interface PeopleTools {
  memberships: MembershipStore;
  recipients: RecipientStore;
}

/** The people of one partition of a source. */
export const peopleOf = async (
  { audienceId, platform, source, partition }: Pick<Message, 'audienceId' | 'platform' | 'source' | 'partition'>,
  limit: number,
  after: string | undefined,
  { memberships, recipients }: PeopleTools,
): Promise<RecipientPage> => {
  if (source === recipientsSource) return recipients.ofPartition(audienceId, platform, partition, limit, after);
  if (source === failedSource) return recipients.failedOfPartition(audienceId, platform, partition, limit, after);
  const { members, ...page } = await memberships.membersOfPartition(source, partition, limit, after);
  return { profileIds: members.map(({ profileId }) => profileId), ...page };
};
