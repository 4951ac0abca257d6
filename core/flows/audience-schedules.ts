import type { ScheduleBody } from '../contract/audience-schedules.ts';
import type { Audience, AudienceSchedule } from '../contract/audiences.ts';
import { nextRun } from '../engines/activation/next-run.ts';
import { notFound } from '../errors.ts';
import type { Collection } from '../ports/collection.ts';
import { refuseDeleting, usablePlatform } from './activate-audience.ts';
import { changeDocument } from './change-document.ts';

interface ScheduleTools {
  audiences: Collection<Audience>;
  now: () => Date;
}

const isoOf = (at: number | undefined) => (at === undefined ? {} : { nextAt: new Date(at).toISOString() });

/** A schedule as it is kept: with the time at which it is due first. */
const scheduleOf = (body: ScheduleBody, before: AudienceSchedule | undefined, now: number): AudienceSchedule => {
  const { platform, cron, timezone, rateMinutes, operation, enabled } = body;
  const rhythm = cron === undefined ? { rateMinutes } : { cron, timezone };
  const due = enabled ? nextRun(rhythm, now, now) : undefined;
  const { lastAt, lastSyncId } = before ?? {};
  return { platform, ...rhythm, operation, enabled, ...isoOf(due), lastAt, lastSyncId };
};

/**
 * Puts a schedule in place of what stood for its platform.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` @throws Problem `CONFLICT`
 */
export const setSchedule = async (id: string, body: ScheduleBody, tools: ScheduleTools): Promise<AudienceSchedule> => {
  const now = tools.now();
  const after = await changeDocument('Audience', id, tools.audiences, audience => {
    refuseDeleting(audience);
    usablePlatform(audience, body.platform);
    const { schedules = [] } = audience;
    const before = schedules.find(({ platform }) => platform === body.platform);
    const others = schedules.filter(one => one !== before);
    const next = scheduleOf(body, before, now.getTime());
    return { ...audience, schedules: [...others, next], updatedAt: now.toISOString() };
  });
  return (
    after.schedules?.find(({ platform }) => platform === body.platform) ?? scheduleOf(body, undefined, now.getTime())
  );
};

/** @throws Problem `NOT_FOUND` */
export const deleteSchedule = async (id: string, platform: string, tools: ScheduleTools): Promise<void> => {
  await changeDocument('Audience', id, tools.audiences, audience => {
    const { schedules = [] } = audience;
    const left = schedules.filter(one => one.platform !== platform);
    if (left.length === schedules.length) throw notFound('Schedule', platform);
    return { ...audience, schedules: left, updatedAt: tools.now().toISOString() };
  });
};
