import { Box, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Waiting } from '../../../ui/answer.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { eventWords } from '../../../words/events.ts';
import { eventColumns } from '../event-columns.tsx';
import { EventFilters } from '../event-filters.tsx';
import type { EventPartProps } from '../event-search.ts';
import { useEvents } from './use-events.ts';

const words = eventWords.history;
const filterNames = ['type', 'profileId', 'source', 'startDate', 'endDate'] as const;

const Found = ({ list, onOpen }: { list: ReturnType<typeof useEvents>; onOpen: (id: string) => void }): ReactNode => {
  if (list.isPending) return <Waiting lines={10} />;
  if (list.data === undefined) return <Failure failure={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <Empty title={words.none} hint={words.noneHint} />;
  return (
    <Box flex={1} mih={240}>
      <DataTable
        label={eventWords.title}
        columns={eventColumns(onOpen)}
        rows={rows}
        keyOf={({ id }) => id}
        onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
      />
    </Box>
  );
};

/** Every event there ever was, by type, person, source and time. */
export const HistoryPart = ({ search, onSearch, onOpen }: EventPartProps): ReactNode => {
  const list = useEvents(search);
  return (
    <Stack gap="sm" h="100%">
      <EventFilters names={filterNames} search={search} onSearch={onSearch} />
      <Found list={list} onOpen={onOpen} />
    </Stack>
  );
};
