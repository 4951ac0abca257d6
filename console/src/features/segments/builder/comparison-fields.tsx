import { NativeSelect, Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Comparison, Operator } from '../../../../../core/language/condition.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import { ComparisonValue } from './comparison-value.tsx';
import { fieldChoices } from './field-choices.ts';
import { comparisonOf, kindOf, operatorsOf } from './operators-of.ts';

interface ComparisonFieldsProps {
  condition: Comparison;
  onChange: (condition: Comparison) => void;
}

/** A field of the profile, held against a value. */
export const ComparisonFields = ({ condition, onChange }: ComparisonFieldsProps): ReactNode => {
  const { field, operator } = condition;
  const [typed, setTyped] = useState('');
  const operators = operatorsOf[kindOf(field)];
  const choose = (chosen: string | null): void => {
    if (chosen === null || chosen === field) return;
    const [first = 'exists'] = operatorsOf[kindOf(chosen)];
    onChange(comparisonOf(chosen, first));
  };
  return (
    <>
      <Select
        aria-label={words.fieldLabel}
        w={200}
        searchable
        allowDeselect={false}
        data={fieldChoices(field, typed)}
        value={field}
        onSearchChange={setTyped}
        onChange={choose}
      />
      <NativeSelect
        aria-label={words.operatorLabel}
        w={160}
        data={[...new Set([...operators, operator])].map(value => ({ value, label: words.operators[value] }))}
        value={operator}
        onChange={event => onChange(comparisonOf(field, event.currentTarget.value as Operator))}
      />
      <ComparisonValue condition={condition} onChange={onChange} />
    </>
  );
};
