import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { useMay } from '../../../lib/session.tsx';
import { Waiting } from '../../../ui/answer.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { commonWords } from '../../../words/common.ts';
import { eventWords } from '../../../words/events.ts';
import { FixDialog } from './fix-dialog.tsx';
import { QuarantineTable } from './quarantine-table.tsx';
import { type KeptAside, useQuarantine } from './use-quarantine.ts';
import { useRedrive } from './use-redrive.ts';

const words = eventWords.quarantine;
const every = 'all';

/** Events that could not have their effect: why, and how they have it after all. */
export const QuarantinePart = (): ReactNode => {
  const [reason, setReason] = useState(every);
  const [fixing, setFixing] = useState<KeptAside>();
  const list = useQuarantine(reason === every ? undefined : reason);
  const redrive = useRedrive();
  const mayWrite = useMay('write');
  if (list.isPending) return <Waiting lines={8} />;
  if (list.data === undefined) return <Failure failure={list.error} onRetry={() => void list.refetch()} />;
  const counts = Object.entries(list.data.pages[0]?.counts ?? {}).filter(([, count]) => count > 0);
  const rows = list.data.pages.flatMap(({ items }) => items);
  const redriveAll = (): void =>
    redrive.mutate(
      { dryRun: false },
      {
        onError: noticeFailure,
        onSuccess: ({ redriven, stillQuarantined }) =>
          noticeDone(words.redriven(formatNumber(redriven), formatNumber(stillQuarantined))),
      },
    );
  if (rows.length === 0 && reason === every) return <Empty title={words.none} hint={words.noneHint} />;
  return (
    <Stack gap="sm">
      <Text c="dimmed">{words.hint}</Text>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={words.columns.reason}
          value={reason}
          onChange={setReason}
          data={[
            { value: every, label: words.all },
            ...counts.map(([name, count]) => ({
              value: name,
              label: `${name.replaceAll('_', ' ')} ${formatNumber(count)}`,
            })),
          ]}
        />
        {mayWrite && (
          <Button
            variant="default"
            leftSection={<IconPlayerTrackNext size={14} />}
            loading={redrive.isPending}
            onClick={redriveAll}
          >
            {words.redriveAll}
          </Button>
        )}
      </Group>
      <QuarantineTable rows={rows} onFix={mayWrite ? setFixing : undefined} />
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {commonWords.more}
        </Button>
      )}
      {fixing && <FixDialog kept={fixing} onClose={() => setFixing(undefined)} />}
    </Stack>
  );
};
