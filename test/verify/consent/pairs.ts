import { combineConsent } from '../../../core/engines/merge/combine-consent.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import { type Merged, mergedGrant, type Side } from './naive.ts';

const channels = ['email', 'sms', 'tracking', 'cookies', 'saleSharing', 'profiling'] as const;
const policies = ['permissive_safe', 'latest_explicit', 'restrictive'] as const;
const sources = ['api', 'form', 'import', 'event', 'email_unsubscribe', 'spam_complaint', 'gpc', 'ccpa_opt_out'];

type Sides = Partial<Record<(typeof channels)[number], Side>>;

export interface Pair {
  one: Sides;
  other: Sides;
  merged: Merged;
}

const randomSide = (random: SeededRandom): Side | undefined => {
  if (random.chance(0.2)) return undefined;
  const granted = random.chance(0.5);
  const at = 10 + random.below(10);
  const source = granted ? random.pick(sources.slice(0, 4)) : random.pick(sources);
  return { granted, at, source, ...(random.chance(0.4) ? { grantedBefore: random.below(10) } : {}) };
};

export const randomPair = (seed: number): Pair => {
  const random = seededRandom(seed);
  const sides = (): Sides =>
    Object.fromEntries(
      channels.flatMap(name => {
        const side = randomSide(random);
        return side ? [[name, side]] : [];
      }),
    );
  return { one: sides(), other: sides(), merged: { policy: random.pick(policies), certain: random.chance(0.6) } };
};

const sideOf = (sides: Sides, name: string) => ({
  consent: Object.fromEntries(
    Object.entries(sides).map(([channel, { granted, at, source }]) => [
      channel,
      { granted, at, source, id: `${name}-${channel}` },
    ]),
  ),
  ledger: Object.entries(sides).flatMap(([channel, { granted, at, source, grantedBefore }]) => [
    ...(grantedBefore === undefined
      ? []
      : [{ at: grantedBefore, id: `${name}-before`, source: 'form', changes: { [channel]: true } }]),
    { at, id: `${name}-${channel}`, source, changes: { [channel]: granted } },
  ]),
});

/** Channels on which the engine and the plain reading differ; two words at one time are nobody's case. */
export const pairFaults = (
  { one, other, merged }: Pair,
  policy: Merged['policy'] | 'permissive' = merged.policy,
): { channel: string; overridden: boolean }[] => {
  const score = merged.certain ? 100 : 80;
  const { consent } = combineConsent(sideOf(one, 'one'), sideOf(other, 'other'), { policy, score });
  return channels.flatMap(channel => {
    if (one[channel] && one[channel].at === other[channel]?.at) return [];
    const wanted = mergedGrant(channel, one[channel], other[channel], merged);
    const found = consent[channel]?.granted;
    return found === wanted ? [] : [{ channel, overridden: found === true && wanted === false }];
  });
};
