/** Moves the surrogates above the rest of the basic plane, which is where their characters stand in UTF-8. */
const rank = (unit: number): number => {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
};

/**
 * The order of sort keys: by their UTF-8 bytes. JavaScript's `<` orders by UTF-16 units, which differs for characters
 * outside the basic plane: `compareBytes('\uffee', '😀') < 0`, although `'\uffee' > '😀'`.
 */
export const compareBytes = (left: string, right: string): number => {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};
