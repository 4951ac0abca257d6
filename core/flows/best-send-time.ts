import { hoursOfWeek, movedBy, type SendTime, sendTime } from '../engines/intelligence/send-time.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import { wallClock } from '../model/calendar-day.ts';
import type { ConsentChannel } from '../model/profile.ts';
import type { CustomerHistories } from '../ports/customer-histories.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { QueryOverBudget } from '../ports/query-engine.ts';
import { liveProfile } from './live-profile.ts';

export interface SendTimeTools {
  profiles: Pick<ProfileStore, 'get' | 'events'>;
  histories: Pick<CustomerHistories, 'hoursOfWeek'>;
  settings: { reportingTimezone: string };
  now: () => Date;
}

const [hourMilliseconds, budgetSeconds] = [3_600_000, 10];
/** 1970 began on a Thursday. */
const hoursBeforeMonday = 72;

const hourOfWeek = (at: number, timeZone: string): number =>
  (Math.floor(wallClock(at, timeZone) / hourMilliseconds) + hoursBeforeMonday) % hoursOfWeek;

/** What a channel was answered with; of every other channel all that somebody does tells when they are there. */
const answers: Partial<Record<ConsentChannel, ReadonlySet<string>>> = { email: new Set(['email_open', 'email_click']) };

const telling = (events: readonly AcceptedEvent[], channel: ConsentChannel | undefined): readonly AcceptedEvent[] => {
  const wanted = channel && answers[channel];
  const answered = wanted ? events.filter(({ type }) => wanted.has(type)) : [];
  return answered.length > 0 ? answered : events;
};

/** A zone that is none is taken for unknown. */
const isZone = (timeZone: string | undefined): timeZone is string => {
  if (timeZone === undefined) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch (fault) {
    if (fault instanceof RangeError) return false;
    throw fault;
  }
};

/** Everybody's habits; where there is too much to count them, every hour counts the same. */
const everybody = async ({ histories }: SendTimeTools): Promise<number[]> => {
  try {
    return await histories.hoursOfWeek(budgetSeconds);
  } catch (fault) {
    if (fault instanceof QueryOverBudget) return new Array<number>(hoursOfWeek).fill(1);
    throw fault;
  }
};

/** @throws Problem `NOT_FOUND` */
export const bestSendTime = async (
  id: string,
  channel: ConsentChannel | undefined,
  tools: SendTimeTools,
): Promise<SendTime & { timezone: string; timezoneFrom: 'profile' | 'reporting' }> => {
  const state = await liveProfile(id, tools.profiles);
  const own = state.person.attributes.timezone;
  const timezone = isZone(own) ? own : tools.settings.reportingTimezone;
  const counts = new Array<number>(hoursOfWeek).fill(0);
  for (const { timestamp } of telling(await tools.profiles.events(state), channel)) {
    const hour = hourOfWeek(Date.parse(timestamp), timezone);
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  const now = tools.now().getTime();
  const ahead = Math.round((wallClock(now, timezone) - now) / hourMilliseconds);
  const found = sendTime(counts, movedBy(await everybody(tools), ahead));
  return { ...found, timezone, timezoneFrom: isZone(own) ? 'profile' : 'reporting' };
};
