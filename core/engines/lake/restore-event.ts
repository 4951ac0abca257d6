import type { AcceptedEvent } from '../../model/accepted-event.ts';
import type { LakeEvent, SealedParts } from '../../model/lake-event.ts';
import { putBack } from './personal-parts.ts';

const isoOf = (at: number): string => new Date(at).toISOString();

/**
 * The event as it was accepted. Without its sealed parts, which an erasure makes unreadable, it names nobody.
 */
export const restoreEvent = (row: LakeEvent, parts: SealedParts = { identifiers: [] }): AcceptedEvent => {
  const { identifiers, properties = [], context = [], ...said } = parts;
  return {
    id: row.eventId,
    messageId: row.messageId,
    type: row.type,
    timestamp: isoOf(row.timestamp),
    receivedAt: isoOf(row.receivedAt),
    identifiers,
    properties: putBack(JSON.parse(row.properties), properties),
    ...said,
    ...(row.source === null ? {} : { source: row.source }),
    ...(row.sessionId === null ? {} : { sessionId: row.sessionId }),
    ...(row.context === null ? {} : { context: putBack(JSON.parse(row.context), context) }),
  };
};
