import type { IdentifierEvidence } from './identifier-evidence.ts';
import type { MatchRecord } from './match-record.ts';

export type MatchGuard = 'different customer ids' | 'shared device alone' | 'shared household alone';

/** Nobody's score is raised above this by what families and shops share: somebody is asked. */
export const sharedScoreMax = 80;

/** What is a person's own must make one person at least so many times likelier than two. */
const ownLikelihoodMin = 8;

/** Two customers of different numbers are two customers, whatever else agrees. */
export const differInCustomerId = (left: MatchRecord, right: MatchRecord): boolean => {
  const [own, other] = [left.identifiers.customerId, right.identifiers.customerId];
  return own !== undefined && other !== undefined && !own.some(key => other.includes(key));
};

/** Is a device the only identifier that agrees? */
export const agreesOnDeviceAlone = (evidence: readonly IdentifierEvidence[]): boolean => {
  const agreeing = evidence.filter(({ agrees }) => agrees);
  return agreeing.length > 0 && agreeing.every(({ type }) => type === 'deviceId');
};

/** Is it only a family name, an address or a number in common that speaks for one person? `own`: natural logarithm. */
export const agreesOnHouseholdAlone = (own: number, evidence: readonly IdentifierEvidence[]): boolean =>
  own < Math.log(ownLikelihoodMin) && !evidence.some(({ agrees }) => agrees);
