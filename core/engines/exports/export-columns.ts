import type { ExportKind } from '../../model/export-spec.ts';
import { attributeShape, consentChannels } from '../../model/profile.ts';

const below = (prefix: string, names: readonly string[]): string[] => names.map(name => `${prefix}.${name}`);

const profileColumns = [
  'id',
  ...below('externalIds', ['customerId', 'email', 'phone', 'deviceIds', 'anonymousIds', 'cookies', 'advertisingIds']),
  'externalIds.custom',
  ...below('attributes', [...Object.keys(attributeShape), 'tags', 'customFields']),
  ...below('computed', ['ltv', 'aov', 'purchaseCount', 'firstSeenDate', 'lastSeenDate', 'lastPurchaseDate']),
  ...below('computed', ['churnRisk', 'engagementScore']),
  ...below('consent', [...consentChannels, 'updatedAt']),
  'traits',
  'segments',
  'createdAt',
  'updatedAt',
];

/** The columns of an export for which none were asked, by what their rows are. */
export const usualColumns: Record<ExportKind, readonly string[]> = {
  profiles: profileColumns,
  members: ['enteredAt', ...profileColumns],
  events: [
    ...['id', 'messageId', 'profileId', 'type', 'timestamp', 'receivedAt', 'originalTimestamp'],
    ...['source', 'sessionId', 'deviceId', 'properties', 'context'],
  ],
};

/** Everything below one of these can be asked for, too. */
const open: Record<ExportKind, readonly string[]> = {
  profiles: ['attributes.customFields.', 'externalIds.custom.', 'traits.'],
  members: ['attributes.customFields.', 'externalIds.custom.', 'traits.'],
  events: ['properties.', 'context.'],
};

/** Whether rows of this kind may have anything under a path. */
export const isColumn = (kind: ExportKind, path: string): boolean =>
  usualColumns[kind].includes(path) ||
  ['externalIds', 'attributes', 'computed', 'consent'].includes(path) ||
  open[kind].some(prefix => path.startsWith(prefix) && path.length > prefix.length);
