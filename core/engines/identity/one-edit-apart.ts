/**
 * Is one text the other with one character replaced, put in, left out, or two neighbours changed about? Equal texts are
 * not. This is the distance of Damerau (1964) being one; linear in the length.
 *
 * @example oneEditApart('smith', 'smtih') // true
 */
export const oneEditApart = (left: string, right: string): boolean => {
  if (left === right || Math.abs(left.length - right.length) > 1) return false;
  let from = 0;
  while (left.charCodeAt(from) === right.charCodeAt(from)) from += 1;
  const rest = (text: string, skip: number) => text.slice(from + skip);
  if (left.length > right.length) return rest(left, 1) === rest(right, 0);
  if (left.length < right.length) return rest(left, 0) === rest(right, 1);
  if (rest(left, 1) === rest(right, 1)) return true;
  return left[from] === right[from + 1] && left[from + 1] === right[from] && rest(left, 2) === rest(right, 2);
};
