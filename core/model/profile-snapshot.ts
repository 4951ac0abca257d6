import { type AttributeName, attributeShape, type ConsentChannel, consentChannels } from './profile.ts';
import { traitIn } from './trait.ts';

/**
 * What one column of the snapshot holds: `texts` a list, `json` an object as text, `whole` an integer, `cents`
 * hundredths of the account currency, `instant` a time to the millisecond.
 */
export type SnapshotType = 'text' | 'texts' | 'json' | 'flag' | 'whole' | 'cents' | 'number' | 'instant';

/** The column of an attribute. Names have no capitals: not every reader of Parquet tells them apart. */
/** `saleSharing` → `consent_sale_sharing` */
export const consentColumn = (channel: ConsentChannel): string =>
  `consent_${channel.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`;

export const attributeColumn = (name: AttributeName): string =>
  name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

const attributeNames = Object.keys(attributeShape) as AttributeName[];
const textOf = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, 'text' as const]));

/** What the head of a profile tells. */
export const headColumns: Readonly<Record<string, SnapshotType>> = {
  head_version: 'whole',
  life: 'text',
  created_at: 'instant',
  updated_at: 'instant',
  events: 'whole',
  ltv_cents: 'cents',
  ltv_exact: 'number',
  aov_cents: 'cents',
  aov_exact: 'number',
  purchase_count: 'whole',
  churn_risk: 'number',
  engagement_score: 'number',
  ltv_12m: 'number',
  purchase_propensity: 'number',
  first_seen_at: 'instant',
  last_seen_at: 'instant',
  last_purchase_at: 'instant',
};

/** What its person tells. */
export const personColumns: Readonly<Record<string, SnapshotType>> = {
  person_version: 'whole',
  person_updated_at: 'instant',
  ...textOf(attributeNames.map(attributeColumn)),
  tags: 'texts',
  custom_fields: 'json',
  ...Object.fromEntries(consentChannels.map(channel => [consentColumn(channel), 'flag' as const])),
  consent_updated_at: 'instant',
  id_email: 'text',
  id_phone: 'text',
  id_customer: 'text',
  id_devices: 'texts',
  id_anonymous: 'texts',
  id_cookies: 'texts',
  id_advertising: 'texts',
  id_custom: 'json',
  traits: 'json',
};

/** Every column that is always there, in the order of the files. */
export const snapshotColumns: Readonly<Record<string, SnapshotType>> = {
  id: 'text',
  ...headColumns,
  ...personColumns,
};

/** Which custom fields, and which tags, have columns of their own, each in the order of their columns. */
export interface Promoted {
  fields: readonly string[];
  tags: readonly string[];
}

export const nothingPromoted: Promoted = { fields: [], tags: [] };

/** How many there are of each at most. */
export const promotedMax = 32;

/**
 * The columns of a promoted custom field, by its place among them. A value is in the one that it is of the kind of, so
 * that a number is never held against a text; a list is there as JSON.
 */
export const promotedColumns = (place: number) => ({
  text: `c${place}_text`,
  number: `c${place}_number`,
  flag: `c${place}_flag`,
  list: `c${place}_list`,
});

/** The column that tells whether somebody has the tag at this place. */
export const tagColumn = (place: number): string => `t${place}`;

/** Where in the snapshot the field of a profile stands. */
export type SnapshotPlace =
  | { kind: 'text' | 'texts' | 'flag' | 'number' | 'instant'; column: string }
  /** `exact`, where it is there, is what the cents do not tell. */
  | { kind: 'money'; cents: string; exact: string }
  | ({ kind: 'promoted' } & ReturnType<typeof promotedColumns>)
  /** A member of the object in the column. */
  | { kind: 'custom'; column: string; name: string };

const customPrefix = 'attributes.customFields.';

const fixedPlaces: Readonly<Record<string, SnapshotPlace>> = {
  ...Object.fromEntries(
    attributeNames.map(name => [`attributes.${name}`, { kind: 'text', column: attributeColumn(name) } as const]),
  ),
  'attributes.tags': { kind: 'texts', column: 'tags' },
  'computed.ltv': { kind: 'money', cents: 'ltv_cents', exact: 'ltv_exact' },
  'computed.aov': { kind: 'money', cents: 'aov_cents', exact: 'aov_exact' },
  'computed.purchaseCount': { kind: 'number', column: 'purchase_count' },
  'computed.churnRisk': { kind: 'number', column: 'churn_risk' },
  'computed.engagementScore': { kind: 'number', column: 'engagement_score' },
  'computed.ltv12m': { kind: 'number', column: 'ltv_12m' },
  'computed.purchasePropensity': { kind: 'number', column: 'purchase_propensity' },
  'computed.firstSeenDate': { kind: 'instant', column: 'first_seen_at' },
  'computed.lastSeenDate': { kind: 'instant', column: 'last_seen_at' },
  'computed.lastPurchaseDate': { kind: 'instant', column: 'last_purchase_at' },
  ...Object.fromEntries(
    consentChannels.map(channel => [`consent.${channel}`, { kind: 'flag', column: consentColumn(channel) } as const]),
  ),
  'externalIds.email': { kind: 'text', column: 'id_email' },
  'externalIds.phone': { kind: 'text', column: 'id_phone' },
  'externalIds.customerId': { kind: 'text', column: 'id_customer' },
  'externalIds.deviceIds': { kind: 'texts', column: 'id_devices' },
  'externalIds.anonymousIds': { kind: 'texts', column: 'id_anonymous' },
  createdAt: { kind: 'instant', column: 'created_at' },
};

/** The custom field that a path names, or `undefined` for every other path. */
export const customFieldIn = (path: string): string | undefined =>
  path.startsWith(customPrefix) ? path.slice(customPrefix.length) : undefined;

/**
 * Where the field at a dotted path stands, given what has columns of its own; `undefined` for no such field.
 *
 * @example placeOf('attributes.customFields.plan', { fields: ['plan'], tags: [] }) // { kind: 'promoted', text: 'c0_text', … }
 */
export const placeOf = (path: string, { fields }: Promoted): SnapshotPlace | undefined => {
  const trait = traitIn(path);
  if (trait !== undefined) return { kind: 'custom', column: 'traits', name: trait };
  const name = customFieldIn(path);
  if (name === undefined) return Object.hasOwn(fixedPlaces, path) ? fixedPlaces[path] : undefined;
  const place = fields.indexOf(name);
  return place < 0
    ? { kind: 'custom', column: 'custom_fields', name }
    : { kind: 'promoted', ...promotedColumns(place) };
};

/** The column that tells whether somebody has a tag, where it has one. */
export const columnOfTag = (tag: string, { tags }: Promoted): string | undefined => {
  const place = tags.indexOf(tag);
  return place < 0 ? undefined : tagColumn(place);
};
