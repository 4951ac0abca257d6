/**
 * What erased people were known by: nothing that names one of these keys is taken any more. Kept as keyed hashes, from
 * which nobody is found.
 */
export interface ErasedKeys {
  /** The keyed hashes of match keys, in their order. */
  names(keys: readonly string[]): Promise<string[]>;
  /** Returns when all are kept. */
  add(names: readonly string[]): Promise<void>;
  /** What names them is taken again; nothing comes back. */
  remove(names: readonly string[]): Promise<void>;
  /** Those of these match keys that are not taken. */
  among(keys: readonly string[]): Promise<Set<string>>;
}
