/** What is said of consent, read slowly and plainly; it knows nothing of the engine. */

/** What one side of a merge says of one channel. */
export interface Side {
  granted: boolean;
  at: number;
  source: string;
  /** When it said yes before, if ever. */
  grantedBefore?: number;
}

export interface Merged {
  policy: 'permissive_safe' | 'latest_explicit' | 'restrictive';
  certain: boolean;
}

const objections = ['gpc', 'ccpa', 'ccpa_opt_out'];
const takesBack = ['email_unsubscribe', 'spam_complaint'];

/** Is the channel granted after a merge? `undefined`: nobody ever said anything that holds for both. */
export const mergedGrant = (
  channel: string,
  one: Side | undefined,
  other: Side | undefined,
  { policy, certain }: Merged,
): boolean | undefined => {
  if (!one || !other) {
    const alone = (one ?? other)?.granted;
    return alone === true && !certain && policy !== 'latest_explicit' ? undefined : alone;
  }
  if (one.granted === other.granted) return one.granted;
  const yes = one.granted ? one : other;
  const no = one.granted ? other : one;
  if (channel === 'saleSharing' || objections.includes(no.source)) return false;
  if (policy === 'restrictive') return false;
  if (policy === 'latest_explicit') return yes.at > no.at;
  if (!certain) return false;
  const wasYes = takesBack.includes(no.source) || (no.grantedBefore !== undefined && no.grantedBefore <= no.at);
  return !(wasYes && no.at > yes.at);
};

/** One word of a history. */
export interface Word {
  channel: string;
  granted: boolean;
  at: number;
  source: string;
  /** Told by an event, not by the person. */
  byEvent: boolean;
}

/** What stands after some words, in the order in which they came: the latest, but for objections that events cannot undo. */
export const standing = (words: readonly Word[], channel: string): Word | undefined => {
  let stands: Word | undefined;
  for (const word of words.filter(one => one.channel === channel)) {
    const objects = stands !== undefined && !stands.granted && objections.includes(stands.source);
    if (objects && word.byEvent && word.granted && channel === 'saleSharing') continue;
    if (stands === undefined || word.at > stands.at) stands = word;
  }
  return stands;
};
