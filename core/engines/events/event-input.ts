import type { Identifier } from '../../model/identifier.ts';
import type { AttributesPatch, ConsentPatch } from '../../model/profile.ts';

/** An event as a client gives it, its shape already checked. */
export interface NewEventInput {
  profileId?: string | undefined;
  identifiers?: Identifier[] | undefined;
  type: string;
  timestamp?: string | undefined;
  sentAt?: string | undefined;
  properties: Record<string, unknown>;
  traits?: AttributesPatch | undefined;
  consent?: ConsentPatch | undefined;
  sessionId?: string | undefined;
  deviceId?: string | undefined;
  anonymousId?: string | undefined;
  source?: string | undefined;
  messageId?: string | undefined;
  context?: Record<string, unknown> | undefined;
}

/** What was not as it should be, and did not keep the event from being accepted. */
export interface EventWarning {
  code: 'TIMESTAMP_INVALID' | 'TIMESTAMP_IN_FUTURE' | 'IDENTIFIER_IGNORED' | 'SCHEMA_VIOLATION';
  message: string;
}
