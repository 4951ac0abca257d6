/** FNV-1a, 32 bits: spreads keys that differ in their last letters, such as numbered buckets, evenly. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};

/** The lane of a key among `count`: the same at every start. */
export const laneOfKey = (key: string, count: number): number => (count === 1 ? 0 : hashOf(key) % count);
