import { Alert, Box, Button, Stack, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { eventWords } from '../../../words/events.ts';
import { eventColumns, type ShownEvent } from '../event-columns.tsx';
import { EventFilters } from '../event-filters.tsx';
import type { EventPartProps } from '../event-search.ts';
import { useFeed } from './use-feed.ts';

const words = eventWords.live;
const filterNames = ['type', 'profileId', 'source'] as const;

/** Following only counts from the first answer on: what came before it is in the history. */
const statusOf = (isHeld: boolean, missed: number, shown: number | undefined): string => {
  if (isHeld) return words.paused(missed);
  return shown === undefined ? words.begins : `${words.following} · ${words.shown(formatNumber(shown))}`;
};

/** Events as they come; a pause holds the list still, and goes on without a gap. */
export const LivePart = ({ search, onSearch, onOpen }: EventPartProps): ReactNode => {
  const feed = useFeed(search);
  const [held, setHeld] = useState<readonly ShownEvent[]>();
  const all = feed.data?.events ?? [];
  const source = search.source?.toLowerCase() ?? '';
  const shown = (held ?? all).filter(event => source === '' || event.source?.toLowerCase().includes(source));
  const missed = held === undefined ? 0 : all.length - held.length;
  return (
    <Stack gap="sm" h="100%">
      <EventFilters names={filterNames} search={search} onSearch={onSearch}>
        <Button
          variant="default"
          leftSection={held ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={() => setHeld(held ? undefined : all)}
        >
          {held ? words.goOn : words.pause}
        </Button>
        <Text c="dimmed" role="status" pb={6}>
          {statusOf(held !== undefined, missed, feed.data && shown.length)}
        </Text>
      </EventFilters>
      {feed.isError && <Failure failure={feed.error} onRetry={() => void feed.refetch()} />}
      {feed.data?.gap && <Alert color="yellow">{words.gap}</Alert>}
      {shown.length === 0 ? (
        <Empty title={words.none} hint={words.noneHint} />
      ) : (
        <Box flex={1} mih={240}>
          <DataTable label={eventWords.title} columns={eventColumns(onOpen)} rows={shown} keyOf={({ id }) => id} />
        </Box>
      )}
    </Stack>
  );
};
