import type { Identifier } from '../../model/identifier.ts';
import { type IdentityConfig, ruleOf } from '../../model/identity-config.ts';

/** An identifier of somebody; what came just now has no time yet (epoch ms). */
export type HeldIdentifier = Identifier & { firstSeenAt?: number };

/** One transaction writes all claims. */
const identifiersMax = 90;
const day = 86_400_000;

/** May somebody with these identifiers have one more of its type? `at`: epoch ms. */
export const hasRoom = (
  held: readonly HeldIdentifier[],
  { type }: Identifier,
  rules: Pick<IdentityConfig, 'identifiers'>,
  at: number,
): boolean => {
  const { max, windowDays } = ruleOf(type, rules);
  const since = windowDays === undefined ? Number.NEGATIVE_INFINITY : at - windowDays * day;
  const counted = held.filter(one => one.type === type && (one.firstSeenAt ?? at) > since);
  return held.length < identifiersMax && counted.length < max;
};
