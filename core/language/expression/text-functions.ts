import { lowered } from '../text-order.ts';
import { type ExpressionFunction, strict } from './expression-function.ts';

const inText = (test: (text: string, part: string) => boolean): ExpressionFunction =>
  strict(['text', 'text'], 'boolean', (text, part) => test(lowered(text), lowered(part)));

/** From a place, counted from 1, so many letters. */
const part = (text: string, start: number, length: number): string => {
  const from = Math.max(0, Math.floor(start) - 1);
  return [...text].slice(from, from + Math.max(0, Math.floor(length))).join('');
};

const lettersMax = 8192;

/** Case says nothing to `contains`, `starts_with` and `ends_with`, as in conditions. */
export const textFunctions: Readonly<Record<string, ExpressionFunction>> = {
  concat: strict(['any'], 'text', (...values: unknown[]) => values.map(String).join(''), { repeats: true }),
  lower: strict(['text'], 'text', text => lowered(text)),
  upper: strict(['text'], 'text', text => text.toUpperCase()),
  trim: strict(['text'], 'text', text => text.trim()),
  /** Of a text its letters, of a list its members. */
  length: strict(['any'], 'number', value =>
    typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : null,
  ),
  substring: strict(
    ['text', 'number', 'number'],
    'text',
    (text, start, length = lettersMax) => part(text, start, length),
    { optional: 1 },
  ),
  replace: strict(['text', 'text', 'text'], 'text', (text, old, other) =>
    old === '' ? text : text.split(old).join(other),
  ),
  contains: inText((text, own) => text.includes(own)),
  starts_with: inText((text, own) => text.startsWith(own)),
  ends_with: inText((text, own) => text.endsWith(own)),
  /** A number, or what is true or false, as it is written. */
  text: strict(['any'], 'text', value => (Array.isArray(value) ? value.join(';') : String(value))),
};
