import { plainRow } from './plain-row.ts';
import type { PlatformFormat } from './platform.ts';

/** Files in a bucket of one’s own: people as they are. */
export const s3: PlatformFormat = {
  name: 's3',
  matchKeys: ['email', 'phone', 'customerId'],
  sends: ['email', 'phone', 'customerId', 'firstName', 'lastName', 'country'],
  requiredConsent: ['email'],
  sharing: false,
  rowsMax: 50_000,
  replaces: true,
  row: plainRow,
  foundBy: () => ({}),
};
