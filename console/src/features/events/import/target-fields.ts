import type { ImportKind } from '../../../../../core/model/import-spec.ts';
import { attributeShape } from '../../../../../core/model/profile.ts';

const attributes = [...Object.keys(attributeShape), 'tags'];
const identifiers = ['customerId', 'deviceId', 'anonymousId'];

/** What the rows of each kind can say; below `customFields.` and `properties.` a field bears the name of its column. */
export const targetFields: Record<ImportKind, readonly string[]> = {
  profiles: [...new Set(['customerId', ...attributes])],
  events: ['type', 'timestamp', 'messageId', 'profileId', 'email', 'phone', ...identifiers, 'source', 'sessionId'],
  consents: [
    'profileId',
    'email',
    'phone',
    ...identifiers,
    'consent.email',
    'consent.sms',
    'consent.tracking',
    'consent.cookies',
  ],
  suppressions: ['profileId', 'email', 'phone', ...identifiers, 'channels', 'reason', 'expiresAt'],
};

const open: Partial<Record<ImportKind, string>> = { profiles: 'customFields.', events: 'properties.' };

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
const fieldName = (column: string): string => column.replaceAll(/[^\w$ .:-]/g, '_').replaceAll('.', '_');

/** Under which name a column can be kept that is no field of ours. */
export const openFieldOf = (kind: ImportKind, column: string): string | undefined =>
  open[kind] === undefined ? undefined : `${open[kind]}${fieldName(column)}`;

/**
 * What a column is at first taken for: the field of the same name, however it is written; else one of somebody's own.
 *
 * @example guessField('profiles', 'First Name') // 'firstName'
 */
export const guessField = (kind: ImportKind, column: string): string =>
  targetFields[kind].find(field => plain(field) === plain(column)) ?? openFieldOf(kind, column) ?? '';
