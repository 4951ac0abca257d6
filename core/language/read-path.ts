/**
 * The value at a dotted path of plain data. Only own members are seen; anything missing on the way is `undefined`.
 *
 * @example readPath({ computed: { ltv: 5 } }, 'computed.ltv') // 5
 */
export const readPath = (data: unknown, path: string): unknown => readNames(data, path.split('.'));

/** The same by the names on the way. */
export const readNames = (data: unknown, names: readonly string[]): unknown => {
  let value = data;
  for (const name of names) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
};
