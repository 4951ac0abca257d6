import { Problem } from '../errors.ts';
import type { AnchorTools } from './anchor-audit.ts';
import { type AuditFindings, verifyAudit } from './verify-audit.ts';

const dayMs = 86_400_000;
const daysByDefault = 7;
const daysMax = 31;

/** The days that are asked for, oldest first. @throws Problem `INVALID_REQUEST` */
export const auditDays = (
  { from, to }: { from?: string | undefined; to?: string | undefined },
  now: Date,
): string[] => {
  const end = Date.parse(to ?? now.toISOString().slice(0, 10));
  const begin = from === undefined ? end - (daysByDefault - 1) * dayMs : Date.parse(from);
  const count = Math.round((end - begin) / dayMs) + 1;
  if (count < 1 || count > daysMax) {
    const reason = `lies at most ${daysMax} days before \`to\`, and not after it`;
    throw new Problem('INVALID_REQUEST', `from ${reason}`, [{ path: 'query.from', reason }]);
  }
  return Array.from({ length: count }, (_, day) => new Date(begin + day * dayMs).toISOString().slice(0, 10));
};

interface AuditReport extends Omit<AuditFindings, 'firstBroken'> {
  ok: boolean;
  firstBroken?: { partition: string; index: number; reason: NonNullable<AuditFindings['firstBroken']>['reason'] };
}

/** Whether the audit log of these days is as it was written. */
export const auditReport = async (days: readonly string[], tools: AnchorTools): Promise<AuditReport> => {
  const { firstBroken, ...findings } = await verifyAudit(days, tools);
  if (!firstBroken) return { ok: true, ...findings };
  const { place, reason } = firstBroken;
  return {
    ok: false,
    ...findings,
    firstBroken: { partition: `${place.day}/${place.lane}`, index: place.index, reason },
  };
};
