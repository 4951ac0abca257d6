import { isMap, listOf } from '../../assembly/template.ts';
import type { InvocationResult } from '../../worker/invocation.ts';
import type { QueueRecord } from './queue-record.ts';

/**
 * The messages that are done and may be deleted. None is after an error or a timeout, or when the function names a
 * failure that is no message of the batch.
 */
export const succeededRecords = (
  result: InvocationResult,
  records: readonly QueueRecord[],
  reportsItemFailures: boolean,
): readonly QueueRecord[] => {
  if (result.kind !== 'answered') return [];
  const answer: unknown = result.json === undefined ? undefined : JSON.parse(result.json);
  if (!reportsItemFailures || !isMap(answer)) return records;
  const failed = new Set(
    listOf(answer.batchItemFailures).map(failure => (isMap(failure) ? failure.itemIdentifier : undefined)),
  );
  const ids = new Set<unknown>(records.map(({ messageId }) => messageId));
  if ([...failed].some(id => !ids.has(id))) return [];
  return records.filter(({ messageId }) => !failed.has(messageId));
};
