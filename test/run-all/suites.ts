/** A suite of the product: what it is called, and parts of the paths of its test files. */
export interface Suite {
  name: string;
  files: readonly string[];
}

/** `npm test customer-data-platform` runs these; a suite without files comes with its capability. */
export const suites: readonly Suite[] = [
  { name: 'Profile CRUD operations', files: ['test/functions/api/profiles/', 'test/ports/profile-store'] },
  {
    name: 'Identity resolution and merging',
    files: ['test/core/model/identifier', 'test/core/engines/profiles/resolve-subjects'],
  },
  {
    name: 'Event tracking (single and batch)',
    files: ['test/functions/api/events/', 'test/core/engines/events/', 'test/functions/streams/fold-events'],
  },
  {
    name: 'Segment creation and evaluation',
    files: [
      'test/functions/api/segments/',
      'test/core/language/',
      'test/functions/queues/',
      'test/functions/streams/evaluate',
    ],
  },
  {
    name: 'Audience building and activation',
    files: ['test/functions/api/audiences/', 'test/core/engines/activation/', 'test/functions/adapters/destinations/'],
  },
  { name: 'Data enrichment', files: [] },
  {
    name: 'Privacy and GDPR compliance',
    files: [
      'test/functions/kit/audited',
      'test/functions/api/audit',
      'test/functions/kit/field-policy',
      'test/functions/api/gdpr',
      'test/functions/api/retention',
      'test/functions/queues/handle-request',
    ],
  },
  { name: 'Analytics (cohorts, funnels, attribution)', files: [] },
  { name: 'Integration workflows', files: ['test/journeys/'] },
];
