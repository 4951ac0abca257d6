import { randomUUID } from 'node:crypto';
import type { Place } from '../assembly/place.ts';
import type { DeclaredSchedule } from './read-schedules.ts';

/** The event of a schedule that was due at this time, as EventBridge sends it, or the constant of the template. */
export const scheduledEvent = (
  { arn, input, source }: DeclaredSchedule,
  { accountId, region }: Place,
  at: number,
): unknown =>
  input ?? {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source,
    account: accountId,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [arn],
    detail: source === 'aws.events' ? {} : '{}',
  };
