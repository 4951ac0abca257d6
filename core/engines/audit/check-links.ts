import type { AuditLink, AuditPlace, Seal } from '../../model/audit-chain.ts';

/** What is sealed of an entry: its place, the seal of the one before it, its text. */
export const entryText = ({ day, lane, index }: AuditPlace, before: string, text: string): string =>
  `entry ${day}/${lane}/${index}\n${before}\n${text}`;

/** What is sealed of the outcome of an entry. */
export const outcomeText = ({ day, lane, index }: AuditPlace, entrySeal: string, text: string): string =>
  `outcome ${day}/${lane}/${index}\n${entrySeal}\n${text}`;

export type BreakReason = 'changed' | 'missing' | 'cut' | 'outcomeMissing' | 'unanchored';

/** The first place at which a chain does not hold. */
export interface Broken {
  place: AuditPlace;
  reason: BreakReason;
}

/** How far a chain was followed. */
export interface Followed {
  /** How many entries there are. */
  count: number;
  /** The seal of the last one, empty before the first. */
  seal: string;
}

export const chainBeginning: Followed = { count: 0, seal: '' };

/** The chain with one more link, or why it does not hold there. */
export const followLink = (
  followed: Followed,
  link: AuditLink,
  { day, lane }: Pick<AuditPlace, 'day' | 'lane'>,
  seal: Seal,
): Followed | Broken => {
  const place = { day, lane, index: followed.count };
  if (link.index !== followed.count) return { place, reason: link.index > followed.count ? 'missing' : 'changed' };
  const { entry, outcome } = link;
  const holds =
    !link.strange &&
    seal(entryText(place, followed.seal, entry.text)) === entry.seal &&
    (!outcome || seal(outcomeText(place, entry.seal, outcome.text)) === outcome.seal);
  return holds ? { count: followed.count + 1, seal: entry.seal } : { place, reason: 'changed' };
};
