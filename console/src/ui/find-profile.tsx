import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useFoundProfiles } from '../lib/use-found-profiles.ts';

interface FindProfileProps {
  label: string;
  /** Who is not meant. */
  besides?: string;
  onFound: (id: string | undefined) => void;
}

const settleMilliseconds = 200;

/** Finds somebody by words, or by an id. */
export const FindProfile = ({ label, besides, onFound }: FindProfileProps): ReactNode => {
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), settleMilliseconds);
  const { data = [] } = useFoundProfiles(chosen === null ? words : '');
  return (
    <Select
      label={label}
      searchable
      clearable
      data={data.filter(({ value }) => value !== besides)}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={chosen}
      onChange={id => {
        setChosen(id);
        onFound(id ?? undefined);
      }}
    />
  );
};
