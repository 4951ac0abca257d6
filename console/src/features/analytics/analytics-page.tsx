import { Box, Group, NativeSelect, Stack, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type Channel, channels } from '../../../../core/model/channel.ts';
import { formatNumber } from '../../lib/format.ts';
import { Answer, Waiting } from '../../ui/answer.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Figure, Figures } from '../../ui/figure.tsx';
import { Link } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { analyticsWords as words } from '../../words/analytics.ts';
import { sessionColumns } from './session-columns.tsx';
import { useSessions } from './use-sessions.ts';
import { useStats } from './use-stats.ts';

type CountName = keyof typeof words.counts;
const placeOf: Record<CountName, '/profiles' | '/events' | '/segments' | '/audiences'> = {
  totalProfiles: '/profiles',
  totalEvents: '/events',
  totalSegments: '/segments',
  totalAudiences: '/audiences',
  profilesCreatedToday: '/profiles',
  eventsTrackedToday: '/events',
};

const Sessions = ({ channel }: { channel: Channel | undefined }): ReactNode => {
  const list = useSessions(channel);
  if (list.isPending) return <Waiting lines={8} />;
  if (list.data === undefined) return <Failure failure={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <Empty title={words.none} hint={words.noneHint} />;
  return (
    <Box flex={1} mih={280}>
      <DataTable
        label={words.sessions}
        columns={sessionColumns}
        rows={rows}
        keyOf={({ id }) => id}
        onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
      />
    </Box>
  );
};

/** What the platform holds, and how people came. */
export const AnalyticsPage = (): ReactNode => {
  const stats = useStats();
  const [channel, setChannel] = useState('');
  return (
    <Page title={words.title} hint={words.hint}>
      <Stack gap="md" h="100%">
        <Answer query={stats} lines={2}>
          {counts => (
            <Figures>
              {(Object.keys(words.counts) as CountName[]).map(name => (
                <Figure
                  key={name}
                  label={words.counts[name]}
                  value={
                    <Link to={placeOf[name]} fz="inherit" c="inherit">
                      {formatNumber(counts[name])}
                    </Link>
                  }
                />
              ))}
            </Figures>
          )}
        </Answer>
        <Group justify="space-between">
          <Title order={2}>{words.sessions}</Title>
          <NativeSelect
            aria-label={words.channel}
            value={channel}
            data={[{ value: '', label: words.anyChannel }, ...channels]}
            onChange={event => setChannel(event.currentTarget.value)}
          />
        </Group>
        <Sessions channel={channel === '' ? undefined : (channel as Channel)} />
      </Stack>
    </Page>
  );
};
