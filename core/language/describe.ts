import { type Bounds, type Comparison, type Condition, isComparison, isGroup, type Operator } from './condition.ts';
import { durationInWords } from './duration.ts';

const quotedText = (value: unknown): string => (typeof value === 'string' ? `“${value}”` : String(value));
const list = (value: Comparison['value'], word: string): string => {
  const items = [value].flat().map(quotedText);
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
};
const length = (value: Comparison['value']): string =>
  typeof value === 'string' || typeof value === 'number' ? durationInWords(value) : '';

/** One line per operator: what follows the name of the field. */
const phrases: Record<Operator, (value: Comparison['value']) => string> = {
  '=': value => `is ${quotedText(value)}`,
  '!=': value => `is not ${quotedText(value)}`,
  '>': value => `is greater than ${quotedText(value)}`,
  '<': value => `is less than ${quotedText(value)}`,
  '>=': value => `is at least ${quotedText(value)}`,
  '<=': value => `is at most ${quotedText(value)}`,
  between: value => `is between ${list(value, 'and')}`,
  before: value => `is before ${quotedText(value)}`,
  after: value => `is after ${quotedText(value)}`,
  within_last: value => `is within the last ${length(value)}`,
  contains: value => `contains ${quotedText(value)}`,
  starts_with: value => `starts with ${quotedText(value)}`,
  ends_with: value => `ends with ${quotedText(value)}`,
  in: value => `is one of ${list(value, 'and')}`,
  not_in: value => `is none of ${list(value, 'and')}`,
  exists: () => 'is known',
  not_exists: () => 'is not known',
};

const boundsInWords = ({ min, max }: Bounds): string =>
  min === undefined
    ? `at most ${max}`
    : max === undefined
      ? `at least ${min}`
      : min === max
        ? `${min}`
        : `${min} to ${max}`;

const eventInWords = ({ event, where }: { event: string; where?: Condition | undefined }): string =>
  where === undefined ? event : `${event} where ${describe(where)}`;
const timesIn = (timeWindow: string | number | undefined): string =>
  timeWindow === undefined ? '' : ` in the last ${durationInWords(timeWindow)}`;

/**
 * A condition in plain English.
 *
 * @example describe({ event: 'purchase', count: { min: 3 }, timeWindow: 90 }) // 'did purchase at least 3 times in the last 90 days'
 */
export const describe = (condition: Condition): string => {
  if (isGroup(condition)) {
    const parts = condition.conditions.map(part => (isGroup(part) ? `(${describe(part)})` : describe(part)));
    return condition.operator === 'NOT'
      ? `not ${parts.join(' nor ')}`
      : parts.join(condition.operator === 'AND' ? ' and ' : ' or ');
  }
  if (isComparison(condition)) return `${condition.field} ${phrases[condition.operator](condition.value)}`;
  if ('segment' in condition) return `is in segment ${condition.segment}`;
  if ('rfm' in condition) return rfmInWords(condition.rfm);
  if ('sequence' in condition) {
    const { sequence, within, timeWindow } = condition;
    const limit = within === undefined ? '' : ` within ${durationInWords(within)}`;
    return `did ${sequence.map(eventInWords).join(', then ')}${limit}${timesIn(timeWindow)}`;
  }
  const { count, sum, timeWindow } = condition;
  if (count?.max === 0) return `did not do ${eventInWords(condition)}${timesIn(timeWindow)}`;
  const often = count ? ` ${boundsInWords(count)} times` : '';
  const worth = sum ? ` with a total ${sum.property ?? 'amount'} of ${boundsInWords(sum)}` : '';
  return `did ${eventInWords(condition)}${often}${worth}${timesIn(timeWindow)}`;
};

const rfmInWords = ({ group, ...scores }: Extract<Condition, { rfm: unknown }>['rfm']): string => {
  const asked = Object.entries(scores).map(([name, bounds]) => `scores ${boundsInWords(bounds as Bounds)} in ${name}`);
  return [...(group === undefined ? [] : [`is ${group.replaceAll('_', ' ')}`]), ...asked].join(' and ');
};
