import { type AttributeName, attributeShape, consentChannels } from './profile.ts';

/** What a field of a profile holds, as far as comparing goes. */
export type FieldKind = 'text' | 'number' | 'date' | 'boolean' | 'list' | 'any';

const attributeNames = Object.keys(attributeShape) as AttributeName[];
const attributeKind = (name: AttributeName): FieldKind => (name === 'birthDate' ? 'date' : 'text');

/** Every field that a profile has, but those of somebody’s own. */
export const fixedFields: Record<string, FieldKind> = {
  ...Object.fromEntries(attributeNames.map(name => [`attributes.${name}`, attributeKind(name)])),
  'attributes.tags': 'list',
  'computed.ltv': 'number',
  'computed.aov': 'number',
  'computed.purchaseCount': 'number',
  'computed.churnRisk': 'number',
  'computed.engagementScore': 'number',
  'computed.ltv12m': 'number',
  'computed.purchasePropensity': 'number',
  'computed.firstSeenDate': 'date',
  'computed.lastSeenDate': 'date',
  'computed.lastPurchaseDate': 'date',
  ...Object.fromEntries(consentChannels.map(channel => [`consent.${channel}`, 'boolean'])),
  'externalIds.email': 'text',
  'externalIds.phone': 'text',
  'externalIds.customerId': 'text',
  'externalIds.deviceIds': 'list',
  'externalIds.anonymousIds': 'list',
  createdAt: 'date',
};

const openField = /^(attributes\.customFields\.[^.]{1,100}|traits\.[a-z][a-z0-9_]{0,59})$/;

/**
 * What the field at a dotted path holds, or `undefined` when a profile has no such field.
 *
 * @example fieldKind('computed.ltv') // 'number'
 */
export const fieldKind = (path: string): FieldKind | undefined =>
  Object.hasOwn(fixedFields, path) ? fixedFields[path] : openField.test(path) ? 'any' : undefined;
