import { Button, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Answer } from '../../../ui/answer.tsx';
import { HiddenHead } from '../../../ui/hidden-head.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { useDeliveries } from './use-deliveries.ts';
import { useReplay } from './use-replay.ts';

const words = settingsWords.webhooks;

/** What a webhook was told, and what it answered. */
export const DeliveryTable = ({ webhookId }: { webhookId: string }): ReactNode => {
  const query = useDeliveries(webhookId);
  const replay = useReplay(webhookId);
  return (
    <Answer query={query} lines={3}>
      {deliveries =>
        deliveries.length === 0 ? (
          <Text c="dimmed">{words.noDeliveries}</Text>
        ) : (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.when}</Table.Th>
                <Table.Th>{words.type}</Table.Th>
                <Table.Th>{settingsWords.state}</Table.Th>
                <Table.Th ta="right">{words.tries}</Table.Th>
                <Table.Th>{words.answer}</Table.Th>
                <HiddenHead>{words.replay}</HiddenHead>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {deliveries.map(({ id, at, type, state, tries, attempts }) => (
                <Table.Tr key={id}>
                  <Table.Td>
                    <Ago at={at} />
                  </Table.Td>
                  <Table.Td>{type}</Table.Td>
                  <Table.Td>
                    <StateBadge state={state} />
                  </Table.Td>
                  <Table.Td ta="right">{formatNumber(tries)}</Table.Td>
                  <Table.Td>{attempts.at(-1)?.error ?? attempts.at(-1)?.status}</Table.Td>
                  <Table.Td ta="right">
                    <Button size="compact-xs" variant="default" onClick={() => replay.mutate(id)}>
                      {words.replay}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Answer>
  );
};
