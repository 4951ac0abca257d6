import {
  type AnchoredLane,
  AuditAnchor,
  anchorKey,
  anchorPrefix,
  emptyLane,
  isGenuine,
  sealedAnchor,
  standingOf,
} from '../engines/audit/anchor.ts';
import { followLink } from '../engines/audit/check-links.ts';
import { auditLanes, type Seal } from '../model/audit-chain.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { ObjectStore } from '../ports/object-store.ts';

export interface AnchorTools {
  audit: AuditLog;
  /** Where objects cannot be replaced. */
  auditAnchors: Pick<ObjectStore, 'get' | 'put' | 'list'>;
  now: () => Date;
}

const dayMs = 86_400_000;
/** How far back a day may be that was not anchored to its end: the platform may have stood still. */
const daysBack = 31;
const lanesAtOnce = 4;
const allLanes = Array.from({ length: auditLanes }, (_, lane) => lane);

/** The newest genuine anchor of a day. @throws Error for one that is not */
export const newestAnchor = async (
  day: string,
  { auditAnchors }: Pick<AnchorTools, 'auditAnchors'>,
  seal: Seal,
): Promise<AuditAnchor | undefined> => {
  let newest: string | undefined;
  for await (const { key } of auditAnchors.list(anchorPrefix(day))) newest = key;
  const object = newest === undefined ? undefined : await auditAnchors.get(newest);
  if (!object) return undefined;
  const anchor = AuditAnchor.parse(JSON.parse(new TextDecoder().decode(object.body)));
  if (anchor.day !== day || !isGenuine(anchor, seal)) throw new Error(`the anchor ${newest} is not genuine`);
  return anchor;
};

/**
 * Follows the lanes from where the newest anchor left them and keeps how far they have come, for each day since the last
 * that was anchored to its end. Tells how many entries are anchored anew.
 *
 * @throws Error naming the first place that does not hold; what was anchored before stays as the proof
 */
export const anchorAudit = async (tools: AnchorTools): Promise<number> => {
  const seal = await tools.audit.seal();
  const now = tools.now().getTime();
  let anchored = 0;
  for (const day of await daysToAnchor(now, tools, seal)) anchored += await anchorDay(day, tools, seal);
  return anchored;
};

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Whether nothing more can come to a day at `at`. */
const isOver = (day: string, at: number): boolean => at >= Date.parse(`${day}T00:00:00Z`) + dayMs + 30 * 60_000;

const daysToAnchor = async (now: number, tools: AnchorTools, seal: Seal): Promise<string[]> => {
  const days: string[] = [];
  for (let back = 0; back <= daysBack; back += 1) {
    const day = dayOf(now - back * dayMs);
    const anchor = await newestAnchor(day, tools, seal);
    if (anchor && isOver(day, Date.parse(anchor.at))) break;
    days.unshift(day);
  }
  return days;
};

const anchorDay = async (day: string, tools: AnchorTools, seal: Seal): Promise<number> => {
  const before = await newestAnchor(day, tools, seal);
  const lanes = await inLanes(allLanes, lanesAtOnce, lane =>
    followLane(day, lane, before?.lanes[lane] ?? emptyLane, tools, seal),
  );
  const at = tools.now().toISOString();
  const anchored = lanes.reduce((sum, { count }, lane) => sum + count - (before?.lanes[lane]?.count ?? 0), 0);
  const isEmpty = before === undefined && anchored === 0 && !isOver(day, Date.parse(at));
  if (isEmpty) return 0;
  const body = new TextEncoder().encode(JSON.stringify(sealedAnchor({ day, at, lanes }, seal)));
  await tools.auditAnchors.put(anchorKey({ day, at }), body, { contentType: 'application/json' });
  return anchored;
};

/** Links that were anchored are read again as far as they could still get an outcome. */
const followLane = async (
  day: string,
  lane: number,
  before: AnchoredLane,
  { audit, now }: AnchorTools,
  seal: Seal,
): Promise<AnchoredLane> => {
  let reached: AnchoredLane = { ...before, open: [...before.open] };
  let pending = false;
  for await (const link of audit.links(day, lane, before.settled)) {
    if (link.index >= reached.count) {
      const next = followLink(reached, link, { day, lane }, seal);
      if ('reason' in next) throw new Error(`audit entry ${day}/${lane}/${next.place.index} is ${next.reason}`);
      reached = { ...reached, ...next };
    }
    const standing = standingOf(link, now().getTime());
    pending ||= standing === 'pending';
    if (pending) continue;
    reached = {
      ...reached,
      settled: link.index + 1,
      open: [...reached.open, ...(standing === 'open' ? [link.index] : [])],
    };
  }
  return reached;
};
