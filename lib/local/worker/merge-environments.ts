import type { DeclaredFunction } from '../assembly/functions.ts';
import { LocalError } from '../local-error.ts';

/**
 * The environment that all API functions share in the main thread. Throws a `LocalError` with the variable's name when
 * two of them want different values of it.
 */
export const mergeEnvironments = (functions: readonly DeclaredFunction[]): Record<string, string> => {
  const merged: Record<string, string> = {};
  const owner: Record<string, string> = {};
  for (const { id, environment } of functions)
    for (const [name, value] of Object.entries(environment)) {
      if (Object.hasOwn(merged, name) && merged[name] !== value)
        throw new LocalError(
          `${owner[name]} and ${id} want different values of ${name}. API functions share one environment on this machine: give the variable one value or two names.`,
        );
      merged[name] = value;
      owner[name] ??= id;
    }
  return merged;
};
