import { Button, Group, Pill } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSegmentNames } from '../../../lib/use-segment-names.ts';
import { commonWords } from '../../../words/common.ts';
import { profileWords } from '../../../words/profiles.ts';
import { type FilterName, filterKinds, filterNames, type ListSearch } from './filters.ts';

interface FilterChipsProps {
  search: ListSearch;
  onRemove: (name: FilterName) => void;
  onClear: () => void;
}

/** What the list is filtered by; each can be taken away. */
export const FilterChips = ({ search, onRemove, onClear }: FilterChipsProps): ReactNode => {
  const { data: segments = [] } = useSegmentNames();
  const active = filterNames.filter(name => search[name] !== undefined);
  if (active.length === 0) return null;
  const shown = (name: FilterName): string => {
    const value = String(search[name]);
    if (filterKinds[name] === 'segment') return segments.find(segment => segment.value === value)?.label ?? value;
    if (filterKinds[name] === 'boolean') return value === 'true' ? commonWords.yes : commonWords.no;
    return value;
  };
  return (
    <Group gap={6}>
      {active.map(name => (
        <Pill
          key={name}
          withRemoveButton
          onRemove={() => onRemove(name)}
          removeButtonProps={{
            'aria-label': profileWords.removeFilter(profileWords.filters[name]),
            tabIndex: 0,
            'aria-hidden': false,
          }}
        >
          {profileWords.filters[name]}: <b>{shown(name)}</b>
        </Pill>
      ))}
      <Button variant="subtle" color="gray" size="compact-xs" onClick={onClear}>
        {profileWords.clear}
      </Button>
    </Group>
  );
};
