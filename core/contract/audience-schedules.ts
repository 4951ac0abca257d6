import * as z from 'zod';
import { whyNoCron } from '../model/cron.ts';
import { isTimezone } from '../model/setting.ts';
import { PlatformName } from './audience-platforms.ts';
import { AudienceSchedule } from './audiences.ts';
import { IdParams } from './paging.ts';
import { route } from './route.ts';

const Cron = z
  .string()
  .trim()
  .max(100)
  .superRefine((text, context) => {
    const reason = whyNoCron(text);
    if (reason !== undefined) context.addIssue({ code: 'custom', message: reason });
  });

const ScheduleBody = z
  .strictObject({
    platform: PlatformName,
    /** Minute, hour, day of the month, month, weekday; weekdays from 0 (Sunday) to 6. */
    cron: Cron.optional(),
    /** Of the cron expression. */
    timezone: z.string().refine(isTimezone, 'is no time zone').default('UTC'),
    rateMinutes: z.number().int().min(5).max(43_200).optional(),
    operation: z.enum(['add', 'remove', 'replace']).default('replace'),
    enabled: z.boolean().default(true),
  })
  .refine(({ cron, rateMinutes }) => (cron === undefined) !== (rateMinutes === undefined), {
    path: ['cron'],
    message: 'is needed, or rateMinutes instead of it, and not both',
  });
export type ScheduleBody = z.output<typeof ScheduleBody>;

export const setSchedule = route({
  id: 'setSchedule',
  capability: 'audiences',
  method: 'PUT',
  path: '/audiences/{id}/schedule',
  scope: 'write',
  status: 200,
  summary: 'Sync an audience with a platform by the clock',
  description:
    'Every due time begins one sync, within a minute; of due times that passed meanwhile, one. While an earlier sync is ' +
    'under way, a due time is skipped.',
  params: IdParams,
  body: ScheduleBody,
  response: AudienceSchedule,
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [
    { summary: 'Every night at three', body: { platform: 'webhook', cron: '0 3 * * *', timezone: 'Europe/Berlin' } },
    { summary: 'Every six hours', body: { platform: 'webhook', rateMinutes: 360, operation: 'add' } },
  ],
});

export const listSchedules = route({
  id: 'listSchedules',
  capability: 'audiences',
  method: 'GET',
  path: '/audiences/{id}/schedules',
  scope: 'read',
  status: 200,
  summary: 'List the schedules of an audience',
  params: IdParams,
  response: z.object({ items: z.array(AudienceSchedule) }),
  problems: ['NOT_FOUND'],
});

export const deleteSchedule = route({
  id: 'deleteSchedule',
  capability: 'audiences',
  method: 'DELETE',
  path: '/audiences/{id}/schedule/{platform}',
  scope: 'write',
  status: 204,
  summary: 'Sync an audience with a platform by the clock no more',
  params: IdParams.extend({ platform: z.string().min(1).max(200) }),
  problems: ['NOT_FOUND', 'CONFLICT'],
});
