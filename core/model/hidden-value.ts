import type { View } from './caller.ts';
import { sha256Hex } from './sha-256-hex.ts';

const blurred = (text: string): string => (text.length <= 4 ? '***' : `${text.slice(0, 1)}***${text.slice(-1)}`);

/** Equal values stay equal; whoever can guess a value can recognise it. */
const hashed = (value: string | number): string => sha256Hex(String(value));

/** What is told of a value in its place; of lists and objects, of each of their values. */
export const hiddenValue = (view: Exclude<View, 'show' | 'drop'>, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(one => hiddenValue(view, one));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hiddenValue(view, inner)]));
  }
  if (typeof value === 'string') return view === 'hash' ? hashed(value) : blurred(value);
  if (typeof value === 'number') return 0;
  return value;
};
