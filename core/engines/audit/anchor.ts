import * as z from 'zod';
import { type AuditLink, auditLanes, type Seal } from '../../model/audit-chain.ts';
import { AuditCall } from '../../model/audit-entry.ts';

/** How far a lane had come when it was anchored. */
const AnchoredLane = z.object({
  count: z.number().int(),
  /** Of its last entry, empty where there is none. */
  seal: z.string(),
  /** Entries before this one cannot get an outcome any more. */
  settled: z.number().int(),
  /** Those of them that have none, and went before their call. */
  open: z.array(z.number().int()),
});
export type AnchoredLane = z.output<typeof AnchoredLane>;

/** The heads of a day's lanes, kept where nobody can change them. */
export const AuditAnchor = z.object({
  day: z.iso.date(),
  at: z.iso.datetime(),
  lanes: z.array(AnchoredLane).length(auditLanes),
  seal: z.string(),
});
export type AuditAnchor = z.output<typeof AuditAnchor>;

export const emptyLane: AnchoredLane = { count: 0, seal: '', settled: 0, open: [] };

export const anchorPrefix = (day: string): string => `anchors/${day}/`;
/** @example anchorKey({ day: '2026-02-15', at: '2026-02-15T13:00:00.000Z' }) // 'anchors/2026-02-15/2026-02-15T13:00:00.000Z.json' */
export const anchorKey = ({ day, at }: Pick<AuditAnchor, 'day' | 'at'>): string => `${anchorPrefix(day)}${at}.json`;

const sealedText = ({ day, at, lanes }: Omit<AuditAnchor, 'seal'>): string =>
  `anchor ${JSON.stringify([day, at, lanes.map(({ count, seal, settled, open }) => [count, seal, settled, open])])}`;

export const sealedAnchor = (anchor: Omit<AuditAnchor, 'seal'>, seal: Seal): AuditAnchor => ({
  ...anchor,
  seal: seal(sealedText(anchor)),
});

export const isGenuine = (anchor: AuditAnchor, seal: Seal): boolean => seal(sealedText(anchor)) === anchor.seal;

/** No call takes longer: what has no outcome by then was interrupted. */
const callMilliseconds = 15 * 60_000;

/** Whether an entry that went before its call has no outcome, and can it still get one at `now` (epoch ms)? */
export const standingOf = ({ entry, outcome }: AuditLink, now: number): 'closed' | 'open' | 'pending' => {
  const call = AuditCall.parse(JSON.parse(entry.text));
  if (outcome || call.status !== undefined) return 'closed';
  return Date.parse(call.at) + callMilliseconds > now ? 'pending' : 'open';
};
