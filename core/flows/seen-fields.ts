import { viewAt } from '../contract/view-at.ts';
import { sortedPath } from '../engines/search/search-order.ts';
import { Problem } from '../errors.ts';
import { type Condition, isBehaviour, isComparison, leavesOf } from '../language/condition.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { ProfileSearch, SearchOrder } from '../model/profile-search.ts';

/** Whether a caller sees the field of profiles at a dotted path as it is. */
export const sees =
  (policy: FieldPolicy) =>
  (path: string): boolean =>
    viewAt(policy, path) === 'show';

const fieldsIn = (condition: Condition): string[] =>
  leavesOf(condition)
    .filter(isComparison)
    .map(({ field }) => field);

/** The fields that each thing which may be asked for looks at. Words look only where the caller may. */
const lookedAt: Readonly<Record<keyof ProfileSearch, readonly string[]>> = {
  query: [],
  email: ['attributes.email', 'externalIds.email'],
  phone: ['attributes.phone', 'externalIds.phone'],
  country: ['attributes.country'],
  city: ['attributes.city'],
  tags: ['attributes.tags'],
  minLtv: ['computed.ltv'],
  maxLtv: ['computed.ltv'],
  minPurchases: ['computed.purchaseCount'],
  segmentId: ['segments'],
  emailConsent: ['consent.email'],
  smsConsent: ['consent.sms'],
  rules: [],
};

/**
 * Whoever may not see a field may not search or sort by it: the answers would tell what is in it.
 *
 * @throws Problem `FORBIDDEN` naming what looks at it
 */
export const checkSeen = (search: ProfileSearch, order: SearchOrder, policy: FieldPolicy): void => {
  const maySee = sees(policy);
  const named = Object.keys(lookedAt) as (keyof ProfileSearch)[];
  const hidden = named.filter(name => search[name] !== undefined && !lookedAt[name].every(maySee));
  const paths = [
    ...hidden,
    ...(search.rules && !fieldsIn(search.rules).every(maySee) ? ['rules'] : []),
    ...(maySee(sortedPath(order)) ? [] : ['sort']),
  ];
  if (paths.length === 0) return;
  const details = paths.map(name => ({ path: `body.${name}`, reason: 'looks at a field that you may not see' }));
  throw new Problem('FORBIDDEN', `You may not search by ${paths.join(', ')}`, details);
};

/**
 * Whoever may not see a field, or what people did, may not have it counted either.
 *
 * @throws Problem `FORBIDDEN`
 */
export const checkRulesSeen = (condition: Condition, policy: FieldPolicy): void => {
  const mayAskEvents = (policy.behavioural ?? 'show') === 'show' || !leavesOf(condition).some(isBehaviour);
  if (mayAskEvents && fieldsIn(condition).every(sees(policy))) return;
  const details = [{ path: 'body.rules', reason: 'looks at what you may not see' }];
  throw new Problem('FORBIDDEN', 'You may not ask by these rules', details);
};
