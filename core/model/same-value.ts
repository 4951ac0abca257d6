const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Are two plain values the same? The order of members does not count, nor does one that is `undefined`. */
export const sameValue = (left: unknown, right: unknown): boolean => {
  if (!isRecord(left) || !isRecord(right)) return left === right;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every(name => sameValue(left[name], right[name]));
};
