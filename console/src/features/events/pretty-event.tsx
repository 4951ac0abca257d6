import { Group, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatMoment, formatNumber, formatValue } from '../../lib/format.ts';
import { CopyId } from '../../ui/copy-id.tsx';
import { Link } from '../../ui/link.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { eventWords } from '../../words/events.ts';
import type { EventTrace } from './use-event.ts';

const words = eventWords.detail;

const linesOf = ({ event, raw, receivedAt }: EventTrace): [string, string][] => [
  [eventWords.columns.happened, formatValue(event ? formatMoment(event.timestamp) : raw?.timestamp)],
  [words.receivedAt, formatMoment(receivedAt)],
  [eventWords.columns.source, formatValue(event?.source ?? raw?.source)],
  [words.session, formatValue(event?.sessionId ?? raw?.sessionId)],
  [words.device, formatValue(event?.deviceId ?? raw?.deviceId)],
  ...Object.entries(event?.properties ?? raw?.properties ?? {}).map(([name, value]): [string, string] => [
    name,
    formatValue(value),
  ]),
];

/** What an event says, in lines, and what became of it. */
export const PrettyEvent = ({ trace }: { trace: EventTrace }): ReactNode => {
  const { id, status, event, raw, foldedInto, duplicateOf } = trace;
  const profileId = foldedInto?.profileId ?? event?.profileId;
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Title order={2}>{event?.type ?? raw?.type}</Title>
        <StateBadge state={status} />
        <CopyId id={id} />
      </Group>
      {profileId && (
        <Text>
          <Link to="/profiles/$profileId" params={{ profileId }}>
            {profileId}
          </Link>{' '}
          {foldedInto && words.folded(formatNumber(foldedInto.version))}
        </Text>
      )}
      {duplicateOf && (
        <Text>
          {words.duplicateOf} {duplicateOf}
        </Text>
      )}
      <Table>
        <Table.Tbody>
          {linesOf(trace).map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={160} fw={400}>
                {name}
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
};
