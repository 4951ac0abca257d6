/** What is sent for one row, while it is put together. */
export type Body = Record<string, unknown>;

/** Puts a value below a body; members on the way are made. */
export const putAt = (body: Body, [name = '', ...rest]: readonly string[], value: unknown): void => {
  if (rest.length === 0) {
    body[name] = value;
    return;
  }
  const inner = (body[name] ?? {}) as Body;
  body[name] = inner;
  putAt(inner, rest, value);
};

/** Adds a value to the list at a path. */
export const addTo = (body: Body, path: readonly string[], value: unknown): void => {
  const list = path.reduce<unknown>((inner, name) => (inner as Body | undefined)?.[name], body);
  putAt(body, path, [...(Array.isArray(list) ? list : []), value]);
};
