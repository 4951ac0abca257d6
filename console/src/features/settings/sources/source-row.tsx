import { Button, Group, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { useMay } from '../../../lib/session.tsx';
import { Ago } from '../../../ui/ago.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { settingsWords } from '../../../words/settings.ts';
import type { ShownSource } from './use-sources.ts';
import { useSwitchSource } from './use-switch-source.ts';
import { useTestSource } from './use-test-source.ts';

const words = settingsWords.sources;

/** One source: its rates, what became of its events, and its last error. */
export const SourceRow = ({ source }: { source: ShownSource }): ReactNode => {
  const { id, name, kind, prefix, enabled, totals, lastSeenAt, lastError } = source;
  const flip = useSwitchSource(id);
  const test = useTestSource(id);
  const [mayAdmin, mayWrite] = [useMay('admin'), useMay('write')];
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={500}>{name}</Text>
        <Text size="xs" c="dimmed">
          {kind} · {prefix}…
        </Text>
        {lastError && (
          <Text size="xs" c="var(--mantine-color-error)">
            {words.lastError}: {lastError.path} {lastError.reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right">{formatNumber(source.eventsPerMinute)}</Table.Td>
      <Table.Td ta="right">{formatNumber(source.errorsPerMinute)}</Table.Td>
      <Table.Td ta="right">{formatNumber(totals.accepted)}</Table.Td>
      <Table.Td ta="right">{formatNumber(totals.rejected)}</Table.Td>
      <Table.Td ta="right">{formatNumber(totals.quarantined)}</Table.Td>
      <Table.Td>{lastSeenAt && <Ago at={lastSeenAt} />}</Table.Td>
      <Table.Td>
        <StateBadge state={enabled ? words.enabled : words.disabled} />
      </Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          {mayWrite && (
            <Button size="compact-xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>
              {words.test}
            </Button>
          )}
          {mayAdmin && (
            <Button size="compact-xs" variant="default" onClick={() => flip.mutate(!enabled)}>
              {enabled ? words.disable : words.enable}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
};
