/** Why an address is none that a platform which sends mail takes, or `undefined`. */
export const emailFault = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return 'must be a valid e-mail address';
  return value === value.toLowerCase() ? undefined : 'must be in lower case';
};

/** Why a number is not in E.164, or `undefined`. */
export const phoneFault = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\+[1-9]\d{6,14}$/.test(value) ? undefined : 'must be a phone number in E.164';

/** The faults of the fields that are there, by name. */
export const fieldFaults = (
  fields: Readonly<Record<string, unknown>>,
  checks: Readonly<Record<string, (value: unknown) => string | undefined>>,
): { field: string; reason: string }[] =>
  Object.entries(checks).flatMap(([field, check]) => {
    const reason = fields[field] === undefined ? undefined : check(fields[field]);
    return reason === undefined ? [] : [{ field, reason }];
  });
