import { type AnchoredLane, type AuditAnchor, emptyLane, standingOf } from '../engines/audit/anchor.ts';
import { type Broken, chainBeginning, type Followed, followLink } from '../engines/audit/check-links.ts';
import { auditLanes, type Seal } from '../model/audit-chain.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import { type AnchorTools, newestAnchor } from './anchor-audit.ts';

/** What is found when the chains of some days are followed. */
export interface AuditFindings {
  /** How many entries hold. */
  checked: number;
  /** Calls whose outcome is not on record: they may have happened or not. */
  open: number;
  firstBroken?: Broken;
  /** The days whose newest entries are not anchored yet. */
  days: { day: string; entries: number; anchoredAt?: string }[];
}

const dayMs = 86_400_000;
/** An hourly anchor that is missing for so long was taken away, or the platform stood still. */
const anchorMsMax = 26 * 3_600_000;

/** Follows every chain of these days from its beginning, up to the first place that does not hold. */
export const verifyAudit = async (days: readonly string[], tools: AnchorTools): Promise<AuditFindings> => {
  const seal = await tools.audit.seal();
  const findings: AuditFindings = { checked: 0, open: 0, days: [] };
  for (const day of days) {
    const broken = await verifyDay(day, findings, tools, seal);
    if (broken) return { ...findings, firstBroken: broken };
  }
  return findings;
};

const verifyDay = async (
  day: string,
  findings: AuditFindings,
  tools: AnchorTools,
  seal: Seal,
): Promise<Broken | undefined> => {
  const anchor = await newestAnchor(day, tools, seal);
  const told = { day, entries: 0, ...(anchor ? { anchoredAt: anchor.at } : {}) };
  findings.days.push(told);
  for (let lane = 0; lane < auditLanes; lane += 1) {
    const chain = { day, lane, anchored: anchor?.lanes[lane] ?? emptyLane };
    const followed = await verifyLane(chain, tools, seal);
    findings.checked += followed.count;
    told.entries += followed.count;
    findings.open += followed.open;
    if (followed.broken) return followed.broken;
  }
  const isMissing = told.entries > 0 && isUnanchored(day, anchor, tools.now().getTime());
  return isMissing ? { place: { day, lane: 0, index: 0 }, reason: 'unanchored' } : undefined;
};

const isUnanchored = (day: string, anchor: AuditAnchor | undefined, now: number): boolean => {
  const end = Date.parse(`${day}T00:00:00Z`) + dayMs;
  return now > end + anchorMsMax && (anchor === undefined || Date.parse(anchor.at) < end);
};

interface Chain {
  day: string;
  lane: number;
  anchored: AnchoredLane;
}

interface FollowedLane extends Followed {
  open: number;
  broken?: Broken;
}

const verifyLane = async (
  { day, lane, anchored }: Chain,
  { audit, now }: Pick<AnchorTools, 'now'> & { audit: AuditLog },
  seal: Seal,
): Promise<FollowedLane> => {
  let followed: FollowedLane = { ...chainBeginning, open: 0 };
  const brokenAt = (index: number, reason: Broken['reason']): FollowedLane => ({
    ...followed,
    broken: { place: { day, lane, index }, reason },
  });
  for await (const link of audit.links(day, lane)) {
    const next = followLink(followed, link, { day, lane }, seal);
    if ('reason' in next) return { ...followed, broken: next };
    const standing = standingOf(link, now().getTime());
    if (standing !== 'closed' && link.index < anchored.settled && !anchored.open.includes(link.index)) {
      return brokenAt(link.index, 'outcomeMissing');
    }
    if (next.count === anchored.count && next.seal !== anchored.seal) return brokenAt(link.index, 'changed');
    followed = { ...next, open: followed.open + (standing === 'open' ? 1 : 0) };
  }
  return followed.count < anchored.count ? brokenAt(followed.count, 'cut') : followed;
};
