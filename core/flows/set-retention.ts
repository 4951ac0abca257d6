import { unprocessable } from '../errors.ts';
import type { RetentionClass, RetentionPolicy, StoredRetentionPolicy } from '../model/retention-policy.ts';
import type { Collection } from '../ports/collection.ts';
import { addOrChange } from './add-or-change.ts';

interface SetTools {
  retentionPolicies: Collection<StoredRetentionPolicy>;
  now: () => Date;
}

/** Says how long a class is kept. @throws Problem `VALIDATION_FAILED` for what does not go with the class */
export const setRetention = async (
  id: RetentionClass,
  policy: RetentionPolicy,
  { retentionPolicies, now }: SetTools,
): Promise<StoredRetentionPolicy> => {
  if (id === 'events' && policy.action !== 'delete')
    throw unprocessable(
      'body.action',
      'of events is delete: what they told of anybody is sealed, and goes with an erasure',
    );
  return addOrChange(id, retentionPolicies, before => ({
    ...{ id, ...policy },
    version: (before?.version ?? 0) + 1,
    updatedAt: now().toISOString(),
  }));
};
