import { Box, Button, Group, Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Job } from '../../../../core/contract/system.ts';
import { formatNumber } from '../../lib/format.ts';
import { useMay } from '../../lib/session.tsx';
import { Ago } from '../../ui/ago.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { shellWords } from '../../words/shell.ts';
import { useCancelJob } from './use-cancel-job.ts';

/** One job: what it does, how far it is, and how it ended. */
export const JobLine = ({ job }: { job: Job }): ReactNode => {
  const cancel = useCancelJob();
  const mayWrite = useMay('write');
  const { done, total } = job.progress;
  const isRunning = job.status === 'running';
  const share = total > 0 ? Math.min(100, (done / total) * 100) : isRunning ? 0 : 100;
  return (
    <Box px="md" py={8}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={500}>{shellWords.jobKinds[job.kind] ?? job.kind}</Text>
        <StateBadge state={job.status} />
      </Group>
      {isRunning && <Progress value={share} size={4} my={6} aria-label={shellWords.jobKinds[job.kind] ?? job.kind} />}
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="xs" c="dimmed" truncate>
          {total > 0 && `${formatNumber(done)} / ${formatNumber(total)} · `}
          <Ago at={job.updatedAt} />
        </Text>
        {isRunning && mayWrite && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => cancel.mutate(job.id)}>
            {shellWords.cancelJob}
          </Button>
        )}
      </Group>
      {job.error && (
        <Text size="xs" c="var(--mantine-color-error)">
          {job.error}
        </Text>
      )}
    </Box>
  );
};
