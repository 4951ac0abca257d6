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
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), settleMilliseconds);
  const { data = [] } = useFoundProfiles(words);
  return (
    <Select
      label={label}
      searchable
      clearable
      data={data.filter(({ value }) => value !== besides)}
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={id => onFound(id ?? undefined)}
    />
  );
};
