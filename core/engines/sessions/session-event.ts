import type { AcceptedEvent } from '../../model/accepted-event.ts';
import type { IdentifierType } from '../../model/identifier.ts';

/** What a session is made of. */
export interface SessionEvent {
  id: string;
  /** Epoch ms. */
  at: number;
  /** What it happened on, as far as the event tells. */
  device: string | undefined;
  /** The session as the client names it. */
  clientSessionId: string | undefined;
  /** Happens without the person being there: it neither begins a session nor makes one longer. */
  isQuiet: boolean;
  event: AcceptedEvent;
}

/** What names a device where the event has no `deviceId`, the first that is there: in browsers a cookie does. */
const deviceTypes: readonly IdentifierType[] = ['anonymousId', 'cookie', 'advertisingId'];

const deviceOf = ({ deviceId, identifiers }: AcceptedEvent): string | undefined => {
  if (deviceId !== undefined) return deviceId;
  for (const type of deviceTypes) {
    const named = identifiers.find(one => one.type === type);
    if (named) return named.value;
  }
  return undefined;
};

const quietSources = new Set(['server', 'backend', 'email', 'import']);

/** Servers and mail programs tell of what happens whether or not somebody is there. */
const isQuiet = ({ type, source }: AcceptedEvent): boolean =>
  type.startsWith('email_') || (source !== undefined && quietSources.has(source.toLowerCase()));

/** An event as sessions see it. */
export const sessionEvent = (event: AcceptedEvent): SessionEvent => ({
  id: event.id,
  at: Date.parse(event.timestamp),
  device: deviceOf(event),
  clientSessionId: event.sessionId,
  isQuiet: isQuiet(event),
  event,
});

/** By the time at which they happened; what happened at the same time in the order of receipt. */
export const inOrder = (left: SessionEvent, right: SessionEvent): number =>
  left.at - right.at || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
