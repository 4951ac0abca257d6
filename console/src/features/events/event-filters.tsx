import { Group, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useLaterHere } from '../../lib/use-later-here.ts';
import { eventWords } from '../../words/events.ts';
import type { EventPartProps, EventSearch } from './event-search.ts';

const words = eventWords.filters;
export type FilterName = keyof typeof words;
const settleMilliseconds = 250;
const isDate = (name: FilterName): boolean => name.endsWith('Date');

interface EventFiltersProps extends Pick<EventPartProps, 'search' | 'onSearch'> {
  names: readonly FilterName[];
  children?: ReactNode;
}

/** What events are looked for by; it stands in the address. */
export const EventFilters = ({ names, search, onSearch, children }: EventFiltersProps): ReactNode => {
  const [typed, setTyped] = useState<EventSearch>(search);
  const ask = useLaterHere((changes: EventSearch) => onSearch(changes), settleMilliseconds);
  return (
    <Group gap="xs" align="flex-end">
      {names.map(name => (
        <TextInput
          key={name}
          label={words[name]}
          w={isDate(name) ? 140 : 180}
          type={isDate(name) ? 'date' : 'text'}
          value={String(typed[name] ?? '')}
          onChange={({ currentTarget: { value } }) => {
            setTyped(current => ({ ...current, [name]: value }));
            ask({ [name]: value.trim() || undefined });
          }}
        />
      ))}
      {children}
    </Group>
  );
};
