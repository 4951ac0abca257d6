import type { Sha256 } from '../../../model/sha256.ts';

const hashPattern = /^[0-9a-f]{64}$/i;

/** Whether a value was hashed by whoever gave it. */
export const isHashed = (value: string): boolean => value.length === 64 && hashPattern.test(value);

/**
 * The hash of a value as a platform wants it normalised. What is blank or cannot be normalised has none, and what was
 * hashed before is not hashed again.
 */
export const hashed = (
  value: string | undefined,
  normalise: (value: string) => string | undefined,
  sha256: Sha256,
): string | undefined => {
  if (value === undefined) return undefined;
  const trimmed = value.trim();
  if (isHashed(trimmed)) return trimmed.toLowerCase();
  const normalised = normalise(trimmed);
  return normalised === undefined || normalised === '' ? undefined : sha256(normalised);
};
