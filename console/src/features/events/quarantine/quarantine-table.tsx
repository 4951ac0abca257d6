import { Button, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { Ago } from '../../../ui/ago.tsx';
import { HiddenHead } from '../../../ui/hidden-head.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { eventWords } from '../../../words/events.ts';
import { saidInShort } from '../said-in-short.ts';
import type { KeptAside } from './use-quarantine.ts';

interface QuarantineTableProps {
  rows: readonly KeptAside[];
  /** Absent: nobody may. */
  onFix: ((kept: KeptAside) => void) | undefined;
}

const words = eventWords.quarantine;

/** Events that are kept aside. */
export const QuarantineTable = ({ rows, onFix }: QuarantineTableProps): ReactNode => (
  <Panel flush>
    <Table horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.columns.received}</Table.Th>
          <Table.Th>{words.columns.type}</Table.Th>
          <Table.Th>{words.columns.reason}</Table.Th>
          <Table.Th>{eventWords.columns.said}</Table.Th>
          <Table.Th ta="right">{words.columns.tries}</Table.Th>
          <HiddenHead>{words.fix}</HiddenHead>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(kept => (
          <Table.Tr key={kept.id}>
            <Table.Td>
              <Ago at={kept.receivedAt} />
            </Table.Td>
            <Table.Td fw={500}>{kept.event.type}</Table.Td>
            <Table.Td>
              {kept.reason.replaceAll('_', ' ')}
              {kept.violations?.map(({ path, reason }) => (
                <Text key={`${path} ${reason}`} size="xs" c="dimmed">
                  {path} {reason}
                </Text>
              ))}
            </Table.Td>
            <Table.Td maw={360}>
              <Text c="dimmed" truncate>
                {saidInShort(kept.event.properties)}
              </Text>
            </Table.Td>
            <Table.Td ta="right">{formatNumber(kept.tries)}</Table.Td>
            <Table.Td ta="right">
              {onFix && (
                <Button size="compact-xs" variant="default" onClick={() => onFix(kept)}>
                  {words.fix}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Panel>
);
