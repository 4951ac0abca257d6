import { Group, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch, IconUsers } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { formatClock, formatNumber } from '../../lib/format.ts';
import { useLaterHere } from '../../lib/use-later-here.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { commonWords } from '../../words/common.ts';
import { profileWords } from '../../words/profiles.ts';
import { AddFilter } from './list/add-filter.tsx';
import { FilterChips } from './list/filter-chips.tsx';
import type { ListSearch } from './list/filters.ts';
import { ProfileTable } from './list/profile-table.tsx';
import { useProfileList } from './list/use-profile-list.ts';
import styles from './profiles-page.module.css';

const settleMilliseconds = 200;

/** Everybody, and whom one looks for among them. What is looked for stands in the address. */
export const ProfilesPage = (): ReactNode => {
  const search = useSearch({ strict: false }) as ListSearch;
  const navigate = useNavigate();
  const list = useProfileList(search);
  const [typed, setTyped] = useState(String(search.query ?? ''));
  const ask = (next: ListSearch): void => void navigate({ to: '/profiles', search: next, replace: true });
  const without = (name: keyof ListSearch): ListSearch => ({ ...search, [name]: undefined });
  const look = useLaterHere(
    (query: string) => ask({ ...without('query'), ...(query ? { query } : {}) }),
    settleMilliseconds,
  );
  const first = list.data?.pages[0];
  return (
    <Page
      title={profileWords.title}
      beside={
        first && (
          <Text c="dimmed" role="status">
            {formatNumber(first.total)}
            {first.asOf && ` · ${commonWords.asOf(formatClock(first.asOf))}`}
          </Text>
        )
      }
      actions={
        <ButtonLink to="/profiles/duplicates" variant="default" leftSection={<IconUsers size={15} />}>
          {profileWords.review}
        </ButtonLink>
      }
    >
      <Stack gap="sm" h="100%">
        <Group gap="xs">
          <TextInput
            className={styles.search ?? ''}
            aria-label={profileWords.search}
            placeholder={profileWords.search}
            leftSection={<IconSearch size={15} />}
            value={typed}
            onChange={({ currentTarget: { value } }) => {
              setTyped(value);
              look(value.trim());
            }}
          />
          <AddFilter onAdd={(name, value) => ask({ ...search, [name]: value })} />
        </Group>
        <FilterChips
          search={search}
          onRemove={name => ask(without(name))}
          onClear={() => ask(search.sort === undefined ? {} : { sort: search.sort })}
        />
        <ProfileTable list={list} search={search} onSort={sort => ask({ ...search, sort })} />
      </Stack>
    </Page>
  );
};
