import * as z from 'zod';

const Tags = z.array(z.string().min(1).max(100)).min(1).max(20);

/** What may be done to everybody whom a search finds. `field`: an attribute, or a custom field, by its dotted path; `null` clears it. */
export const BulkAction = z.discriminatedUnion('action', [
  z.object({ action: z.literal('add_tags'), tags: Tags }),
  z.object({ action: z.literal('remove_tags'), tags: Tags }),
  z.object({ action: z.literal('set_field'), field: z.string().min(1).max(200), value: z.json() }),
  z.object({ action: z.literal('delete') }),
]);
export type BulkAction = z.output<typeof BulkAction>;

const errorsMax = 100;

/** What a bulk job has come to so far: everybody who was found was changed, stays as they were, or could not be changed. */
export const BulkTally = z.object({
  found: z.number().int(),
  /** Or would be, where nothing was to be changed. */
  changed: z.number().int(),
  unchanged: z.number().int(),
  failed: z.number().int(),
  /** The first ones. */
  failures: z.array(z.object({ profileId: z.string(), reason: z.string() })),
});
export type BulkTally = z.output<typeof BulkTally>;

export const emptyBulkTally: BulkTally = { found: 0, changed: 0, unchanged: 0, failed: 0, failures: [] };

/** What became of one profile: `changed`, `unchanged`, or why it could not be changed. */
export type BulkOutcome =
  | { profileId: string; outcome: 'changed' | 'unchanged' }
  | { profileId: string; reason: string };

export const addOutcomes = (tally: BulkTally, outcomes: readonly BulkOutcome[]): BulkTally => {
  const failures = outcomes.filter(one => 'reason' in one);
  const count = (wanted: string) => outcomes.filter(one => 'outcome' in one && one.outcome === wanted).length;
  return {
    found: tally.found + outcomes.length,
    changed: tally.changed + count('changed'),
    unchanged: tally.unchanged + count('unchanged'),
    failed: tally.failed + failures.length,
    failures: [...tally.failures, ...failures].slice(0, errorsMax),
  };
};
