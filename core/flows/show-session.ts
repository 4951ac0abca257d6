import { type SessionDetail, sessionDetail } from '../engines/sessions/session-detail.ts';
import { eventIdOf } from '../engines/sessions/session-id.ts';
import { lengthMillisecondsMax } from '../engines/sessions/session-limits.ts';
import { type KnownSession, sessionsOf } from '../engines/sessions/sessions-of.ts';
import { notFound } from '../errors.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import { idTime } from '../model/id-time.ts';
import type { ArchivedEvent } from '../ports/event-archive.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { LakeSessionTools } from './read-sessions.ts';
import { restoredEvents } from './restored-events.ts';

interface ShowTools extends LakeSessionTools {
  profiles: ProfileStore;
}

/** So many events around one of them are read where the table has them no more. */
const eventsMax = 10_000;

/**
 * The session that holds the event which an id names. Whose event it is the lake tells; what else is in the session the
 * profile tells, as of this moment, and the lake where it is older than what the table keeps.
 *
 * @throws Problem `NOT_FOUND`
 */
export const showSession = async (id: string, tools: ShowTools): Promise<SessionDetail> => {
  const eventId = eventIdOf(id);
  const archived =
    eventId === id || idTime(eventId) === undefined
      ? undefined
      : await tools.eventLake.one(eventId, tools.budget.reading());
  const found = archived && ((await ofProfile(archived, tools)) ?? (await ofLake(archived, tools)));
  if (!found) throw notFound('Session', id);
  return sessionDetail(found);
};

const holding = (
  { row: { eventId } }: ArchivedEvent,
  events: readonly AcceptedEvent[],
  whose: { profileId: string; accountCurrency: string },
): KnownSession | undefined =>
  sessionsOf(events, whose).find(({ session }) => session.events.some(({ id }) => id === eventId));

const ofProfile = async (
  archived: ArchivedEvent,
  { profiles, accountCurrency }: ShowTools,
): Promise<KnownSession | undefined> => {
  const { profileId } = archived;
  const state = await profiles.get(profileId);
  if (state?.head.life !== 'live') return undefined;
  return holding(archived, await profiles.events(state), { profileId, accountCurrency });
};

const ofLake = async (archived: ArchivedEvent, tools: ShowTools): Promise<KnownSession | undefined> => {
  const { profileId, row } = archived;
  const around = { from: row.timestamp - 2 * lengthMillisecondsMax, until: row.timestamp + 2 * lengthMillisecondsMax };
  const { events } = await tools.eventLake.page({
    ...{ profileId, ...around, limit: eventsMax },
    ...tools.budget.reading(),
  });
  const restored = await restoredEvents(events, tools.seals);
  const { accountCurrency } = tools;
  return holding(
    archived,
    restored.map(({ event }) => event),
    { profileId, accountCurrency },
  );
};
