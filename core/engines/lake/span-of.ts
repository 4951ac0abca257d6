import type { LakeEvent } from '../../model/lake-event.ts';
import type { LakeSpan } from '../../model/lake-partition.ts';

/** An event that is committed later than this after its receipt may have been committed before. */
const lateAfterMilliseconds = 3_600_000;

/** What rows span; at least one. `again`: some were committed before. */
export const spanOf = (rows: readonly LakeEvent[], again: boolean): LakeSpan => {
  const [first] = rows;
  if (!first) throw new Error('no rows span nothing');
  const span: LakeSpan = {
    rows: rows.length,
    minEventId: first.eventId,
    maxEventId: first.eventId,
    minTime: first.timestamp,
    maxTime: first.timestamp,
    mayRepeat: again,
  };
  for (const { eventId, timestamp, committedAt, receivedAt } of rows) {
    if (eventId < span.minEventId) span.minEventId = eventId;
    if (eventId > span.maxEventId) span.maxEventId = eventId;
    if (timestamp < span.minTime) span.minTime = timestamp;
    if (timestamp > span.maxTime) span.maxTime = timestamp;
    if (committedAt - receivedAt > lateAfterMilliseconds) span.mayRepeat = true;
  }
  return span;
};
