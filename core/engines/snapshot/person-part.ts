import { type AttributeName, attributeShape, consentChannels, type Profile } from '../../model/profile.ts';
import { attributeColumn, consentColumn } from '../../model/profile-snapshot.ts';
import type { PersonRecord } from '../../model/profile-state.ts';
import type { PartValue, SnapshotPart } from '../../model/snapshot-part.ts';

type View = Pick<Profile, 'externalIds' | 'attributes' | 'consent' | 'traits'>;

/** An object as JSON, unless nothing is in it. */
const jsonIfAny = (object: object | undefined): string | null =>
  object === undefined || Object.keys(object).length === 0 ? null : JSON.stringify(object);

const attributesOf = ({ attributes }: View): Record<string, PartValue> => ({
  ...Object.fromEntries(
    (Object.keys(attributeShape) as AttributeName[]).map(name => [attributeColumn(name), attributes[name] ?? null]),
  ),
  tags: attributes.tags,
  custom_fields: jsonIfAny(attributes.customFields),
});

const consentOf = ({ consent }: View): Record<string, PartValue> => ({
  ...Object.fromEntries(consentChannels.map(channel => [consentColumn(channel), consent[channel] ?? null])),
  consent_updated_at: consent.updatedAt === undefined ? null : Date.parse(consent.updatedAt),
});

/** Kinds of which nothing is known are missing, not empty: a condition tells the two apart. */
const identifiersOf = ({ externalIds }: View): Record<string, PartValue> => ({
  id_email: externalIds.email ?? null,
  id_phone: externalIds.phone ?? null,
  id_customer: externalIds.customerId ?? null,
  id_devices: externalIds.deviceIds ?? null,
  id_anonymous: externalIds.anonymousIds ?? null,
  id_cookies: externalIds.cookies ?? null,
  id_advertising: externalIds.advertisingIds ?? null,
  id_custom: jsonIfAny(externalIds.custom),
});

/** What a committed person tells the snapshot. */
export const personPart = (id: string, { version, updatedAt }: PersonRecord, view: View): SnapshotPart => ({
  ...attributesOf(view),
  ...consentOf(view),
  ...identifiersOf(view),
  traits: jsonIfAny(view.traits),
  id,
  person_version: version,
  person_updated_at: updatedAt,
});
