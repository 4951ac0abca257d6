import type { IdentifierEvidence } from './identifier-evidence.ts';
import type { MatchRecord } from './match-record.ts';

export type MatchGuard = 'different customer ids' | 'shared device alone';

/** Nobody's score is raised above this by a device in common, which families and shops share. */
export const deviceScoreMax = 80;

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
