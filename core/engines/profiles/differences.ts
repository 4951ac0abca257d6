/** Something that is kept and is not as it must be. */
export interface Difference {
  /** Where it is, as a dotted path. */
  path: string;
  kept: unknown;
  must: unknown;
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * Where two values differ, at the innermost places. What is `undefined` is not there.
 *
 * @example differences({ a: { b: 1 } }, { a: { b: 2 } }) // [{ path: 'a.b', kept: 1, must: 2 }]
 */
export const differences = (kept: unknown, must: unknown, path = ''): Difference[] => {
  if (!isMap(kept) || !isMap(must)) return Object.is(kept, must) ? [] : [{ path, kept, must }];
  return [...new Set([...Object.keys(kept), ...Object.keys(must)])].flatMap(name =>
    differences(kept[name], must[name], path === '' ? name : `${path}.${name}`),
  );
};
