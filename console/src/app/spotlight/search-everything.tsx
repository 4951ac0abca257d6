import '../../ui/mantine-parts.ts';
import '@mantine/spotlight/styles.layer.css';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconAddressBook, IconFilter, IconSearch, IconSend } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { profileName } from '../../lib/profile-name.ts';
import { shellWords } from '../../words/shell.ts';
import { useEverything } from './use-everything.ts';

const settleMilliseconds = 150;

type Found = NonNullable<ReturnType<typeof useEverything>['data']>;

const groupsOf = (found: Found | undefined, go: (to: string) => void): SpotlightActionGroupData[] =>
  found === undefined
    ? []
    : [
        {
          group: shellWords.found.profiles,
          actions: found.profiles.map(profile => ({
            id: profile.id,
            label: profileName(profile),
            description: profile.attributes.email ?? profile.id,
            leftSection: <IconAddressBook size={17} />,
            onClick: () => go(`/profiles/${encodeURIComponent(profile.id)}`),
          })),
        },
        {
          group: shellWords.found.segments,
          actions: found.segments.map(({ id, name, description }) => ({
            id,
            label: name,
            ...(description === undefined ? {} : { description }),
            leftSection: <IconFilter size={17} />,
            onClick: () => go(`/segments/${encodeURIComponent(id)}`),
          })),
        },
        {
          group: shellWords.found.audiences,
          actions: found.audiences.map(({ id, name, description }) => ({
            id,
            label: name,
            ...(description === undefined ? {} : { description }),
            leftSection: <IconSend size={17} />,
            onClick: () => go(`/audiences/${encodeURIComponent(id)}`),
          })),
        },
      ].filter(({ actions }) => actions.length > 0);

/** ⌘K: finds whatever has a name, and goes there. */
const SearchEverything = ({ onClose }: { onClose: () => void }): ReactNode => {
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), settleMilliseconds);
  const { data, isFetching } = useEverything(words);
  const navigate = useNavigate();
  const go = (to: string): void => {
    onClose();
    void navigate({ to });
  };
  return (
    <Spotlight
      forceOpened
      onSpotlightClose={onClose}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      filter={(_, actions) => actions}
      actions={groupsOf(words === '' ? undefined : data, go)}
      nothingFound={
        words === '' ? shellWords.typeToSearch : isFetching ? shellWords.searching : shellWords.nothingFound
      }
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: shellWords.search,
        'aria-label': shellWords.search,
      }}
      scrollable
      maxHeight={420}
    />
  );
};

export default SearchEverything;
