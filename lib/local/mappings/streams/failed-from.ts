import { isMap, listOf } from '../../assembly/template.ts';
import type { InvocationResult } from '../../worker/invocation.ts';
import type { StreamRecord } from './stream-source.ts';

/**
 * The index of the first record that failed; undefined when none did. Without a usable answer the whole batch failed:
 * an error, a timeout, an identifier that is no text, is empty, or is of no record of the batch.
 */
export const failedFrom = (
  result: InvocationResult,
  records: readonly StreamRecord[],
  reportsItemFailures: boolean,
): number | undefined => {
  if (result.kind !== 'answered') return 0;
  const answer: unknown = result.json === undefined ? undefined : JSON.parse(result.json);
  if (!reportsItemFailures || !isMap(answer)) return undefined;
  const failures = listOf(answer.batchItemFailures).map(failure =>
    isMap(failure) ? failure.itemIdentifier : undefined,
  );
  if (failures.length === 0) return undefined;
  const indexes = failures.map(identifier => records.findIndex(({ sequence }) => sequence === identifier));
  return Math.max(0, Math.min(...indexes));
};
