import { type Identifier, matchKey } from './identifier.ts';
import type { AttributesPatch, ConsentPatch } from './profile.ts';

/** An event as it travels and is kept: checked, timed, with ids. Times are ISO 8601 in UTC. */
export interface AcceptedEvent {
  id: string;
  messageId: string;
  type: string;
  timestamp: string;
  receivedAt: string;
  originalTimestamp?: string;
  /** As the caller named it; may have been merged or erased since. */
  profileId?: string;
  /** Usable ones, strongest first. */
  identifiers: Identifier[];
  properties: Record<string, unknown>;
  traits?: AttributesPatch;
  consent?: ConsentPatch;
  sessionId?: string;
  deviceId?: string;
  source?: string;
  context?: Record<string, unknown>;
  /** Set where the event is to be kept aside instead of folded. */
  quarantine?: string;
}

/** What decides where an event travels, so that the events of one person stay in order. */
export const strongestKey = ({ profileId, identifiers: [strongest] }: AcceptedEvent): string =>
  profileId ?? (strongest ? matchKey(strongest) : '');
