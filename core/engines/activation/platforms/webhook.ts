import { plainRow } from './plain-row.ts';
import type { PlatformFormat } from './platform.ts';

/** An endpoint of one’s own: people as they are. */
export const webhook: PlatformFormat = {
  name: 'webhook',
  matchKeys: ['email', 'phone', 'customerId'],
  sends: ['email', 'phone', 'customerId', 'firstName', 'lastName', 'country'],
  requiredConsent: ['email'],
  sharing: false,
  rowsMax: 500,
  replaces: false,
  row: plainRow,
  foundBy: () => ({}),
};
