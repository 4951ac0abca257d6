import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { type Identifier, impliedIdentifiers } from '../../model/identifier.ts';
import type { NewEventInput } from './event-input.ts';

/**
 * An event in the form in which a client sends it, so that it can be judged once more with the same result: a time that
 * was not taken stands as it was said, and identifiers that follow from other members are left out.
 */
export const receivedEvent = (event: AcceptedEvent): NewEventInput => {
  const { id, messageId, type, properties, profileId, traits, consent, sessionId, deviceId, source, context } = event;
  const identifiers = event.identifiers.filter(one => !isImplied(one, event));
  const timestamp = event.quarantine === undefined ? event.timestamp : (event.originalTimestamp ?? event.timestamp);
  return {
    ...(profileId === undefined ? {} : { profileId }),
    ...(identifiers.length === 0 ? {} : { identifiers }),
    type,
    ...(timestamp === event.receivedAt ? {} : { timestamp }),
    properties,
    ...(traits === undefined ? {} : { traits }),
    ...(consent === undefined ? {} : { consent }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(source === undefined ? {} : { source }),
    ...(messageId === id ? {} : { messageId }),
    ...(context === undefined ? {} : { context }),
  };
};

const isImplied = ({ type, value }: Identifier, { traits, deviceId }: AcceptedEvent): boolean =>
  (type === 'deviceId' && value === deviceId) ||
  impliedIdentifiers(traits).some(implied => implied.type === type && implied.value === value);
