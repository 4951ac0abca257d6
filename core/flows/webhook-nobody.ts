import type { PersonRecord } from '../model/profile-state.ts';

/** Who was known before somebody was known. */
export const nobody: PersonRecord = {
  version: 0,
  attributes: { tags: [], customFields: {} },
  provenance: {},
  identifiers: [],
  consent: {},
  updatedAt: 0,
};
