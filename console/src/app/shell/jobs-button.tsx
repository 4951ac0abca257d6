import '../../ui/mantine-parts.ts';
import { ActionIcon, Indicator, Popover, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { IconProgressCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { shellWords } from '../../words/shell.ts';
import { JobLine } from './job-line.tsx';
import { useJobs } from './use-jobs.ts';

/** Which jobs run, how far they are, and which have run. */
export const JobsButton = (): ReactNode => {
  const { data } = useJobs();
  const jobs = data?.items ?? [];
  const running = jobs.filter(({ status }) => status === 'running').length;
  const label = running > 0 ? shellWords.jobsRunning(running) : shellWords.jobs;
  return (
    <Popover position="bottom-end" width={360} trapFocus>
      <Indicator disabled={running === 0} processing size={8} offset={4} color="indigo">
        <Popover.Target>
          <ActionIcon size="md" aria-label={label} title={label}>
            <IconProgressCheck size={18} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={shellWords.jobs} p={0}>
        <Title order={2} px="md" pt="sm" pb={4}>
          {shellWords.jobs}
        </Title>
        <ScrollArea.Autosize mah={420}>
          <Stack gap={0} pb="xs">
            {jobs.map(job => (
              <JobLine key={job.id} job={job} />
            ))}
            {jobs.length === 0 && (
              <Text px="md" py="xs" c="dimmed">
                {shellWords.noJobs}
              </Text>
            )}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
};
