import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber, formatShare } from '../../lib/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { channelWords } from '../../words/channels.ts';
import { privacyWords as words } from '../../words/privacy.ts';
import type { ConsentSummary } from './use-consent-summary.ts';

/** How consents differ by country. */
export const CountryTable = ({ countries }: Pick<ConsentSummary, 'countries'>): ReactNode => (
  <Panel title={words.countries} flush>
    <Table horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.country}</Table.Th>
          <Table.Th ta="right">{words.peopleColumn}</Table.Th>
          <Table.Th ta="right">{channelWords.name.email}</Table.Th>
          <Table.Th ta="right">{channelWords.name.sms}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {countries.map(({ country, profiles, email, sms }) => (
          <Table.Tr key={country}>
            <Table.Td>{country}</Table.Td>
            <Table.Td ta="right">{formatNumber(profiles)}</Table.Td>
            <Table.Td ta="right">{formatShare(email / 100)}</Table.Td>
            <Table.Td ta="right">{formatShare(sms / 100)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Panel>
);
