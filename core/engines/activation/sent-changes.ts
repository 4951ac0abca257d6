import { consentChannels, type Profile } from '../../model/profile.ts';

/** What of a person destinations are sent, and by what they are allowed to have it. */
export type Sendable = Pick<Profile, 'attributes' | 'consent' | 'externalIds'>;

const sentOf = ({ attributes, consent, externalIds }: Sendable): string => {
  const { updatedAt: _updatedAt, ...granted } = consent;
  const { firstName, lastName, country, state, city, postalCode, gender, birthDate } = attributes;
  const { email, phone, customerId, advertisingIds = [] } = externalIds;
  const told = [firstName, lastName, country, state, city, postalCode, gender, birthDate];
  return JSON.stringify([told, email, phone, customerId, advertisingIds[0], Object.entries(granted).sort()]);
};

/** Did something change that a destination holds of a person, or that it needs to hold it? */
export const sentChanges = (before: Sendable, after: Sendable): boolean => sentOf(before) !== sentOf(after);

/** Was a consent taken back that had been given? */
export const consentWithdrawn = (before: Sendable, after: Sendable): boolean =>
  consentChannels.some(channel => before.consent[channel] === true && after.consent[channel] !== true);
