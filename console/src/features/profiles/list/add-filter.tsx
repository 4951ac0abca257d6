import { Button, Popover, Select, Stack } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { profileWords } from '../../../words/profiles.ts';
import { FilterValue } from './filter-value.tsx';
import { type FilterName, filterNames } from './filters.ts';

interface AddFilterProps {
  onAdd: (name: FilterName, value: string) => void;
}

const choices = filterNames.map(name => ({ value: name, label: profileWords.filters[name] }));

/** Asks by what, and for which value. */
export const AddFilter = ({ onAdd }: AddFilterProps): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState<FilterName>('country');
  const [value, setValue] = useState('');
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    if (value.trim() === '') return;
    onAdd(name, value.trim());
    setValue('');
    setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={240} trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilterPlus size={15} />} onClick={() => setOpen(open => !open)}>
          {profileWords.addFilter}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={profileWords.addFilter}>
        <form onSubmit={submit}>
          <Stack gap="xs">
            <Select
              label={profileWords.filterBy}
              data={choices}
              value={name}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
              onChange={chosen => {
                setName((chosen ?? 'country') as FilterName);
                setValue('');
              }}
            />
            <FilterValue name={name} value={value} onChange={setValue} />
            <Button type="submit">{profileWords.apply}</Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
};
