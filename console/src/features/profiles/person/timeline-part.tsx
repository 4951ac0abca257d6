import { Button, Chip, Group, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useSegmentNames } from '../../../lib/use-segment-names.ts';
import { Waiting } from '../../../ui/answer.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { commonWords } from '../../../words/common.ts';
import { profileWords } from '../../../words/profiles.ts';
import { TimelineLine } from './timeline-line.tsx';
import { useTimeline } from './use-timeline.ts';

const words = profileWords.timeline;

interface LinesProps {
  query: ReturnType<typeof useTimeline>;
}

const Lines = ({ query }: LinesProps): ReactNode => {
  const { data: segments = [] } = useSegmentNames();
  if (query.isPending) return <Waiting lines={8} />;
  if (query.data === undefined) return <Failure failure={query.error} onRetry={() => void query.refetch()} />;
  const entries = query.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) return <Empty title={words.nothing} />;
  const nameOf = (id: string): string => segments.find(({ value }) => value === id)?.label ?? id;
  return (
    <Stack gap={0}>
      {entries.map((entry, place) => (
        <TimelineLine key={`${entry.at}-${entry.kind}-${String(place)}`} entry={entry} segmentName={nameOf} />
      ))}
      {query.hasNextPage && (
        <Button mt="sm" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {commonWords.more}
        </Button>
      )}
    </Stack>
  );
};

/** What happened, newest first, of the kinds that are chosen. */
export const TimelinePart = ({ profileId }: { profileId: string }): ReactNode => {
  const [kinds, setKinds] = useState<string[]>([]);
  const query = useTimeline(profileId, kinds.join(','));
  return (
    <Panel title={profileWords.personal.timeline}>
      <Stack gap="sm">
        <Chip.Group multiple value={kinds} onChange={setKinds}>
          <Group gap={6}>
            {Object.entries(words.kinds).map(([kind, name]) => (
              <Chip key={kind} value={kind} size="xs" variant="outline">
                {name}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Lines query={query} />
      </Stack>
    </Panel>
  );
};
