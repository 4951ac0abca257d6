import { NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Comparison, Scalar } from '../../../../../core/language/condition.ts';
import { commonWords } from '../../../words/common.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import { kindOf } from './operators-of.ts';

interface ComparisonValueProps {
  condition: Comparison;
  onChange: (condition: Comparison) => void;
}

const wide = 200;
const narrow = 100;

/** What is typed for a field that may hold anything: a number where it looks like one. */
const scalarOf = (text: string, isAny: boolean): Scalar =>
  isAny && text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;

/** The value beside a comparison, in the control that fits its field and its operator. */
export const ComparisonValue = ({ condition, onChange }: ComparisonValueProps): ReactNode => {
  const { field, operator, value } = condition;
  const kind = kindOf(field);
  const put = (next: Comparison['value']): void => onChange({ field, operator, value: next });
  const numberOf = (given: string | number): number => Number(given) || 0;
  if (operator === 'exists' || operator === 'not_exists') return null;
  if (operator === 'between') {
    const [from = 0, to = 0] = [value].flat().map(Number);
    return (
      <>
        <NumberInput
          aria-label={words.fromLabel}
          w={narrow}
          value={from}
          onChange={next => put([numberOf(next), to])}
        />
        <NumberInput aria-label={words.toLabel} w={narrow} value={to} onChange={next => put([from, numberOf(next)])} />
      </>
    );
  }
  if (operator === 'in' || operator === 'not_in') {
    const items = [value].flat().map(String).filter(Boolean);
    return (
      <TagsInput
        aria-label={words.valueLabel}
        miw={wide}
        value={items}
        onChange={next => put(next.length === 0 ? [''] : next.map(item => scalarOf(item, kind === 'any')))}
      />
    );
  }
  if (operator === 'within_last' || kind === 'number') {
    const label = operator === 'within_last' ? words.daysLabel : words.valueLabel;
    if (typeof value !== 'string' || /^\d*$/.test(value)) {
      return <NumberInput aria-label={label} w={narrow} value={Number(value)} onChange={next => put(numberOf(next))} />;
    }
  }
  if (kind === 'boolean') {
    return (
      <NativeSelect
        aria-label={words.valueLabel}
        data={[
          { value: 'true', label: commonWords.yes },
          { value: 'false', label: commonWords.no },
        ]}
        value={String(value)}
        onChange={event => put(event.currentTarget.value === 'true')}
      />
    );
  }
  return (
    <TextInput
      aria-label={words.valueLabel}
      w={wide}
      type={kind === 'date' && operator !== 'within_last' ? 'date' : 'text'}
      value={kind === 'date' ? String(value ?? '').slice(0, 10) : String(value ?? '')}
      onChange={event => put(scalarOf(event.currentTarget.value, kind === 'any'))}
    />
  );
};
