import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { channelOf } from '../../model/channel.ts';
import type { LakeEvent, SealedParts } from '../../model/lake-event.ts';
import { eventWorth } from './event-worth.ts';
import { takePersonal, tellingTexts } from './personal-parts.ts';

/** The commit that folded an event. `at`: epoch ms. */
export interface RowCommit {
  profileId: string;
  version: number;
  at: number;
}

/** A row without what only the profile's key can make. */
export type OpenRow = Omit<LakeEvent, 'device' | 'sealed'>;

/** Divides a committed event into what everybody may read and what only the profile's key opens. */
export const lakeRow = (
  event: AcceptedEvent,
  commit: RowCommit,
  accountCurrency: string,
): { row: OpenRow; parts: SealedParts } => {
  const { identifiers, traits, consent, deviceId, profileId, originalTimestamp } = event;
  const texts = tellingTexts([...identifiers.map(({ value }) => value), deviceId, traits?.email, traits?.phone]);
  const properties = takePersonal(event.properties, texts);
  const context = event.context && takePersonal(event.context, texts);
  return {
    row: {
      profileId: commit.profileId,
      version: commit.version,
      eventId: event.id,
      messageId: event.messageId,
      type: event.type,
      timestamp: Date.parse(event.timestamp),
      receivedAt: Date.parse(event.receivedAt),
      committedAt: commit.at,
      source: event.source ?? null,
      sessionId: event.sessionId ?? null,
      ...eventWorth(event, accountCurrency),
      channel: channelOf(event) ?? null,
      properties: JSON.stringify(properties.rest),
      context: context === undefined ? null : JSON.stringify(context.rest),
    },
    parts: {
      identifiers,
      ...(traits === undefined ? {} : { traits }),
      ...(consent === undefined ? {} : { consent }),
      ...(deviceId === undefined ? {} : { deviceId }),
      ...(profileId === undefined ? {} : { profileId }),
      ...(originalTimestamp === undefined ? {} : { originalTimestamp }),
      ...(properties.taken.length === 0 ? {} : { properties: properties.taken }),
      ...(context === undefined || context.taken.length === 0 ? {} : { context: context.taken }),
    },
  };
};
