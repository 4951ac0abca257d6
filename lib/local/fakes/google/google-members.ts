import { accountFault } from '../accounts.ts';
import type { FakeStore } from '../fake-store.ts';
import { hashFault } from '../hash-faults.ts';

export interface Violation {
  field: string;
  description: string;
  reason: string;
}

export type MemberRow = Readonly<Record<string, string>>;

const membersMax = 10_000;
const identifiersMax = 10;

/** A request is not what the API takes: one member at fault fails all. */
export class MembersRefused extends Error {
  override readonly name = 'MembersRefused';
  readonly violations: readonly Violation[];
  constructor(violations: readonly Violation[]) {
    super('There was a problem with the request.');
    this.violations = violations;
  }
}

export const violation = (field: string, description: string, reason = 'INVALID_FORMAT'): Violation => ({
  field,
  description,
  reason,
});

const hashFaultOf = (name: string, value: unknown, store: FakeStore): string | undefined =>
  hashFault(value) ?? accountFault(name, value, store);

const addressFaults = (address: Record<string, unknown>, store: FakeStore): [string, string][] => {
  const { givenName, familyName, regionCode, postalCode } = address;
  const faults: [string, string | undefined][] = [
    ['given_name', hashFaultOf('givenName', givenName, store)],
    ['family_name', hashFaultOf('familyName', familyName, store)],
    ['region_code', /^[A-Z]{2}$/.test(String(regionCode)) ? undefined : 'must be an ISO 3166-1 alpha-2 code'],
    ['postal_code', hashFault(postalCode) === undefined ? 'must not be hashed' : undefined],
    ['postal_code', typeof postalCode === 'string' && postalCode !== '' ? undefined : 'is required'],
  ];
  return faults.flatMap(([name, reason]) => (reason === undefined ? [] : [[`address.${name}`, reason]]));
};

const identifierFaults = (identifier: Record<string, unknown>, store: FakeStore): [string, string][] => {
  const names = Object.keys(identifier);
  if (names.length !== 1) return [['', 'must have exactly one of email_address, phone_number and address']];
  const { emailAddress, phoneNumber, addressInfo } = identifier;
  if (addressInfo !== undefined) return addressFaults((addressInfo ?? {}) as Record<string, unknown>, store);
  if (emailAddress === undefined && phoneNumber === undefined) return [[names[0] ?? '', 'is unknown']];
  const [name, field] =
    emailAddress === undefined ? ['phoneNumber', 'phone_number'] : ['emailAddress', 'email_address'];
  const reason = hashFaultOf(name, identifier[name], store);
  return reason === undefined ? [] : [[field, reason]];
};

const identifiersOf = (member: unknown): Record<string, unknown>[] => {
  const { userData } = (member ?? {}) as { userData?: { userIdentifiers?: unknown } };
  return Array.isArray(userData?.userIdentifiers) ? userData.userIdentifiers : [];
};

const memberFaults = (member: unknown, index: number, store: FakeStore): Violation[] => {
  const path = `audience_members[${index}].user_data.user_identifiers`;
  const identifiers = identifiersOf(member);
  if (identifiers.length === 0) return [violation(path, 'Required field is missing', 'REQUIRED_FIELD_MISSING')];
  if (identifiers.length > identifiersMax) return [violation(path, 'Too many identifiers')];
  return identifiers.flatMap((identifier, at) =>
    identifierFaults(identifier, store).map(([name, reason]) => violation(`${path}[${at}].${name}`, reason)),
  );
};

/** The members of a request as rows. @throws MembersRefused */
export const googleMembers = (members: unknown, store: FakeStore): MemberRow[] => {
  if (!Array.isArray(members) || members.length === 0) {
    throw new MembersRefused([violation('audience_members', 'Required field is missing', 'REQUIRED_FIELD_MISSING')]);
  }
  if (members.length > membersMax) {
    throw new MembersRefused([violation('audience_members', `At most ${membersMax} members a request`)]);
  }
  const faults = members.flatMap((member, index) => memberFaults(member, index, store));
  if (faults.length > 0) throw new MembersRefused(faults);
  return members.map(member => {
    const parts = identifiersOf(member).map(({ addressInfo, ...other }) => ({ ...other, ...(addressInfo ?? {}) }));
    return Object.assign({}, ...parts) as MemberRow;
  });
};

/** What tells a member from others: all that they are found by. */
export const memberKey = ({
  emailAddress = '',
  phoneNumber = '',
  givenName = '',
  familyName = '',
}: MemberRow): string => [emailAddress, phoneNumber, givenName, familyName].join(' ');
