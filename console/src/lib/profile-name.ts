import type { Profile } from '../../../core/model/profile.ts';
import { commonWords } from '../words/common.ts';

const tailLength = 6;

/** What somebody is called: by their name, else by what they are known by; visitors by the end of their id. */
export const profileName = ({
  id,
  attributes,
  externalIds,
}: Pick<Profile, 'id' | 'attributes' | 'externalIds'>): string => {
  const name = [attributes.firstName, attributes.lastName].filter(Boolean).join(' ');
  return (
    name ||
    attributes.email ||
    externalIds.email ||
    attributes.phone ||
    externalIds.customerId ||
    commonWords.visitor(id.slice(-tailLength))
  );
};
