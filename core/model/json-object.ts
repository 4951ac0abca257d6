import * as z from 'zod';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whatever an object of JSON says, kept as it is. A `z.record` would copy it member by member, which costs as much as
 * reading it.
 */
export const JsonObject = z
  .unknown()
  .check(({ value: input, issues }) => {
    if (!isObject(input)) issues.push({ code: 'invalid_type', expected: 'record', input });
  })
  .meta({
    override: { type: 'object', propertyNames: { type: 'string' }, additionalProperties: {} },
  }) as z.ZodType<Record<string, unknown>>;
