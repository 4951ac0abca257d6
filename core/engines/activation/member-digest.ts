import { fingerprint } from '../../model/fingerprint.ts';
import type { ConsentedMember } from './consent-gate.ts';

/** What may be told of a person, by the name of the field. */
export type MemberField = Exclude<keyof ConsentedMember & string, 'profileId'>;

const usual: readonly MemberField[] = ['email', 'phone', 'customerId', 'firstName', 'lastName', 'country'];

/** Stands for everything that a destination is sent of a person (`sends`), and where: changes when any of it does. */
export const memberDigest = (member: ConsentedMember, place: string, sends: readonly MemberField[] = usual): string => {
  const text = JSON.stringify([member.profileId, ...sends.map(field => member[field]), place]);
  return `${text.length}-${fingerprint(text).toString(36)}`;
};
