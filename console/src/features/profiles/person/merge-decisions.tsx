import { ScrollArea, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatValue } from '../../../lib/format.ts';
import { channelWords } from '../../../words/channels.ts';
import { profileWords as words } from '../../../words/profiles.ts';
import type { MergePreview } from './use-merge-preview.ts';

type Decisions = Pick<MergePreview, 'fieldDecisions' | 'consentDecisions'>;
type FieldDecision = Decisions['fieldDecisions'][number];

const shownValue = (side: FieldDecision['primary'], field: string): string =>
  formatValue((side as Record<string, unknown> | undefined)?.[field.replace('attributes.', '')]);

const nameOf = (field: string): string =>
  (words.attributes as Record<string, string>)[field.replace('attributes.', '')] ?? field;

const channelOf = (channel: string): string => (channelWords.name as Record<string, string>)[channel] ?? channel;

/** What becomes of each field and consent: both values, which one is kept, and why. */
export const MergeDecisions = ({ preview }: { preview: Decisions }): ReactNode => {
  const { fieldDecisions, consentDecisions } = preview;
  return (
    <Stack gap={4}>
      <Title order={3}>{words.mergePreview}</Title>
      {fieldDecisions.length + consentDecisions.length === 0 && <Text c="dimmed">{words.noDifference}</Text>}
      <ScrollArea.Autosize mah={320} viewportProps={{ tabIndex: 0 }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.field}</Table.Th>
              <Table.Th>{words.survivor}</Table.Th>
              <Table.Th>{words.becomesPart}</Table.Th>
              <Table.Th>{words.keeps}</Table.Th>
              <Table.Th>{words.why}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fieldDecisions.map(({ field, primary, secondary, from, reason }) => (
              <Table.Tr key={field}>
                <Table.Td>{nameOf(field)}</Table.Td>
                <Table.Td>{shownValue(primary, field)}</Table.Td>
                <Table.Td>{shownValue(secondary, field)}</Table.Td>
                <Table.Td fw={600}>{words.sides[from]}</Table.Td>
                <Table.Td c="dimmed">{words.mergeReasons[reason] ?? reason}</Table.Td>
              </Table.Tr>
            ))}
            {consentDecisions.map(({ channel, granted, from, reason }) => (
              <Table.Tr key={channel}>
                <Table.Td>{words.consentDecision(channelOf(channel))}</Table.Td>
                <Table.Td colSpan={2}>{granted ? words.granted : words.notGranted}</Table.Td>
                <Table.Td fw={600}>{words.sides[from]}</Table.Td>
                <Table.Td c="dimmed">{reason.replaceAll('_', ' ')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Stack>
  );
};
