/** What a membership tells of a profile's stay in a segment. Times in ISO 8601. */
export interface Stay {
  member: boolean;
  enteredAt: string;
  exitedAt?: string | undefined;
}

/**
 * What is to be written about a profile that matches a segment, or not: `undefined` when what stands says so already,
 * so that deciding again changes nothing and nobody enters twice.
 *
 * @example decideMembership(true, { member: true, enteredAt: '2026-02-15T12:00:00.000Z' }, later) // undefined
 */
export const decideMembership = (matches: boolean, standing: Stay | undefined, at: string): Stay | undefined => {
  if (matches === (standing?.member ?? false)) return undefined;
  return matches
    ? { member: true, enteredAt: at, exitedAt: standing?.exitedAt }
    : { member: false, enteredAt: standing?.enteredAt ?? at, exitedAt: at };
};
