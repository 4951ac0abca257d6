import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { Waiting } from '../../../ui/answer.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { profileWords } from '../../../words/profiles.ts';
import styles from '../profiles-page.module.css';
import { profileColumns } from './columns.tsx';
import { firstSort, type ListSearch, searchBody } from './filters.ts';
import type { useProfileList } from './use-profile-list.ts';

interface ProfileTableProps {
  list: ReturnType<typeof useProfileList>;
  search: ListSearch;
  onSort: (sort: string) => void;
}

/** The people of a list: asked for, failed, nobody, or everybody who fits. */
export const ProfileTable = ({ list, search, onSort }: ProfileTableProps): ReactNode => {
  if (list.isError && list.data === undefined)
    return <Failure failure={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <Waiting lines={10} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) {
    return Object.keys(searchBody(search)).length === 0 ? (
      <Empty title={profileWords.noProfiles} hint={profileWords.noProfilesHint} />
    ) : (
      <Empty title={profileWords.nobodyFound} hint={profileWords.nobodyFoundHint} />
    );
  }
  return (
    <Box className={styles.table}>
      <DataTable
        label={profileWords.title}
        columns={profileColumns}
        rows={rows}
        keyOf={({ id }) => id}
        total={list.data.pages[0]?.total}
        sort={String(search.sort ?? firstSort)}
        onSort={onSort}
        onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
      />
    </Box>
  );
};
