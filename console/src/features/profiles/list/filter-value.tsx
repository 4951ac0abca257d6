import { NumberInput, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSegmentNames } from '../../../lib/use-segment-names.ts';
import { commonWords } from '../../../words/common.ts';
import { profileWords } from '../../../words/profiles.ts';
import { type FilterName, filterKinds } from './filters.ts';

interface FilterValueProps {
  name: FilterName;
  value: string;
  onChange: (value: string) => void;
}

const inList = { comboboxProps: { withinPortal: false } };

/** What a filter asks for, in the control that fits it. */
export const FilterValue = ({ name, value, onChange }: FilterValueProps): ReactNode => {
  const segments = useSegmentNames();
  const kind = filterKinds[name];
  const label = profileWords.value;
  if (kind === 'number') {
    return <NumberInput label={label} value={value} onChange={given => onChange(String(given))} data-autofocus />;
  }
  if (kind === 'text') {
    return (
      <TextInput label={label} value={value} onChange={event => onChange(event.currentTarget.value)} data-autofocus />
    );
  }
  const choices =
    kind === 'segment'
      ? (segments.data ?? [])
      : [
          { value: 'true', label: commonWords.yes },
          { value: 'false', label: commonWords.no },
        ];
  return (
    <Select
      label={label}
      data={choices}
      value={value || null}
      onChange={chosen => onChange(chosen ?? '')}
      searchable={kind === 'segment'}
      {...inList}
    />
  );
};
