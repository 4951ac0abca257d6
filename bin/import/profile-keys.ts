import { identifiersIn } from '../../core/engines/profiles/external-ids.ts';
import { impliedIdentifiers, matchKey } from '../../core/model/identifier.ts';
import type { ExternalIdsInput } from '../../core/model/profile.ts';
import type { MappedRow } from './map-row.ts';

const textAt = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Under which keys the person of a row is found: two rows that share one may be the same person. */
export const profileKeys = ({ body }: MappedRow): string[] => {
  const { email, phone, country, customerId } = body;
  const attributes = { email: textAt(email), phone: textAt(phone), country: textAt(country) };
  const externalIds = { ...(body.externalIds as ExternalIdsInput | undefined), customerId: textAt(customerId) };
  return [...impliedIdentifiers(attributes), ...identifiersIn(externalIds)].map(matchKey);
};
