import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from '../../lib/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { channelWords } from '../../words/channels.ts';
import { privacyWords as words } from '../../words/privacy.ts';
import type { ConsentSummary } from './use-consent-summary.ts';

/** How many last said something in each month. */
export const TrendTable = ({ trend }: Pick<ConsentSummary, 'trend'>): ReactNode => (
  <Panel title={words.trend} flush>
    <Table horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.month}</Table.Th>
          <Table.Th ta="right">{words.peopleColumn}</Table.Th>
          <Table.Th ta="right">{channelWords.name.email}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {trend.map(({ month, profiles, email }) => (
          <Table.Tr key={month}>
            <Table.Td>{month}</Table.Td>
            <Table.Td ta="right">{formatNumber(profiles)}</Table.Td>
            <Table.Td ta="right">{formatNumber(email)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Panel>
);
