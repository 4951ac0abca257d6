import { Button, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { useMay } from '../../../lib/session.tsx';
import { Ago } from '../../../ui/ago.tsx';
import { HiddenHead } from '../../../ui/hidden-head.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { audienceWords } from '../../../words/audiences.ts';
import { useRetrySync } from './use-retry-sync.ts';
import type { Sync } from './use-syncs.ts';

interface SyncTableProps {
  audienceId: string;
  syncs: readonly Sync[];
}

const words = audienceWords.syncColumns;
const sumOf = ({ consent, suppressed, noIdentifier }: Sync['counts']['skipped']): number =>
  consent + suppressed + noIdentifier;

/** Every person whom a sync concerns stands in one of its columns. */
const numbers: [title: string, of: (counts: Sync['counts']) => number][] = [
  [words.added, counts => counts.added],
  [words.removed, counts => counts.removed],
  [words.unchanged, counts => counts.unchanged],
  [words.skipped, counts => sumOf(counts.skipped)],
  [words.pending, counts => counts.pending],
  [words.failed, counts => counts.failed],
];

/** What was sent, newest first; failures can be sent again. */
export const SyncTable = ({ audienceId, syncs }: SyncTableProps): ReactNode => {
  const retry = useRetrySync(audienceId);
  const mayWrite = useMay('write');
  return (
    <Table horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.started}</Table.Th>
          <Table.Th>{words.operation}</Table.Th>
          <Table.Th>{words.state}</Table.Th>
          {numbers.map(([title]) => (
            <Table.Th key={title} ta="right">
              {title}
            </Table.Th>
          ))}
          <HiddenHead>{audienceWords.retry}</HiddenHead>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {syncs.map(({ id, startedAt, platform, operation, status, counts, error }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Ago at={startedAt} />
            </Table.Td>
            <Table.Td>
              {platform} · {operation}
            </Table.Td>
            <Table.Td>
              <StateBadge state={status} />
              {error && (
                <Text size="xs" c="dimmed" maw={240} lineClamp={2}>
                  {error}
                </Text>
              )}
            </Table.Td>
            {numbers.map(([title, of]) => (
              <Table.Td key={title} ta="right">
                {formatNumber(of(counts))}
              </Table.Td>
            ))}
            <Table.Td ta="right">
              {mayWrite && counts.failed > 0 && status !== 'running' && (
                <Button size="compact-xs" variant="default" onClick={() => retry.mutate(id)}>
                  {audienceWords.retry}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};
