import { Problem } from '../errors.ts';
import { instantRange } from '../model/calendar-day.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import { auditSubject } from './audit-subject.ts';
import { type AuditCursor, type AuditRecord, listAudit } from './list-audit.ts';

interface PageTools {
  audit: AuditLog;
  settings: { reportingTimezone: string };
  now: () => Date;
}

interface AskedPage {
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  startDate?: string | undefined;
  endDate?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

const daysByDefault = 30;
const dayMs = 86_400_000;

/** @throws Problem `INVALID_REQUEST` for a cursor that is none */
const readCursor = (text: string): AuditCursor => {
  const [, day, places] = /^(\d{4}-\d\d-\d\d)((?:\.\d*){16})$/.exec(text) ?? [];
  if (day === undefined || places === undefined || Number.isNaN(Date.parse(day))) {
    throw new Problem('INVALID_REQUEST', 'The cursor is not one of ours', [
      { path: 'query.cursor', reason: 'is unknown' },
    ]);
  }
  const before = places.slice(1).split('.');
  return { day, before: before.map(place => (place === '' ? null : Number(place))) };
};

const writeCursor = ({ day, before }: AuditCursor): string => [day, ...before.map(place => place ?? '')].join('.');

/** A page of the audit log. */
export const auditPage = async (
  { cursor, startDate, endDate, subject, ...query }: AskedPage,
  { audit, settings, now }: PageTools,
): Promise<{ items: AuditRecord[]; nextCursor?: string }> => {
  const range = instantRange({ startDate, endDate }, settings.reportingTimezone);
  const until = Math.min(range.until, now().getTime() + dayMs);
  const from = Math.max(range.from, range.from === Number.NEGATIVE_INFINITY ? until - (daysByDefault + 1) * dayMs : 0);
  const asked = { ...query, from, until, ...(cursor === undefined ? {} : { cursor: readCursor(cursor) }) };
  const named = subject === undefined ? {} : { subject: await auditSubject(subject, audit) };
  const { items, next } = await listAudit({ ...asked, ...named }, { audit });
  return { items, ...(next ? { nextCursor: writeCursor(next) } : {}) };
};
