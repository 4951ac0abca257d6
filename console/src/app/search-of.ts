type Plain = string | number | boolean;

const isPlain = (value: unknown): value is Plain => ['string', 'number', 'boolean'].includes(typeof value);

/** Reads what a page keeps in its address: of the names that it knows those that have a plain value. */
export const searchOf =
  <Name extends string>(...names: Name[]) =>
  (given: Record<string, unknown>): { [Key in Name]?: Plain } =>
    Object.fromEntries(names.flatMap(name => (isPlain(given[name]) ? [[name, given[name]]] : []))) as {
      [Key in Name]?: Plain;
    };
