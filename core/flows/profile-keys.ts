import { identifiersIn } from '../engines/profiles/external-ids.ts';
import { impliedIdentifiers, matchKey } from '../model/identifier.ts';
import type { ExternalIdsInput } from '../model/profile.ts';

const textAt = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Under which keys the person of a body is found that creates a profile: two that share one may be the same person. */
export const profileKeys = (body: Readonly<Record<string, unknown>>): string[] => {
  const { email, phone, country, customerId } = body;
  const attributes = { email: textAt(email), phone: textAt(phone), country: textAt(country) };
  const externalIds = { ...(body.externalIds as ExternalIdsInput | undefined), customerId: textAt(customerId) };
  return [...impliedIdentifiers(attributes), ...identifiersIn(externalIds)].map(matchKey);
};
