import { Progress, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber, formatShare } from '../../lib/format.ts';
import { Link } from '../../ui/link.tsx';
import { Panel } from '../../ui/panel.tsx';
import { channelWords } from '../../words/channels.ts';
import { privacyWords as words } from '../../words/privacy.ts';
import type { ConsentSummary } from './use-consent-summary.ts';

type Channel = ConsentSummary['channels'][number];

/** What the list of profiles can be filtered by. */
const filters: Partial<Record<Channel['channel'], string>> = { email: 'emailConsent', sms: 'smsConsent' };

const Granted = ({ channel, granted }: Channel): ReactNode => {
  const filter = filters[channel];
  if (filter === undefined) return formatNumber(granted);
  return (
    <Link to="/profiles" search={{ [filter]: true }} title={words.listGranted(channelWords.name[channel])}>
      {formatNumber(granted)}
    </Link>
  );
};

/** Of each channel how many granted, refused, or were never asked. */
export const ChannelTable = ({ channels }: { channels: readonly Channel[] }): ReactNode => (
  <Panel title={words.channels} flush>
    <Table horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.channel}</Table.Th>
          <Table.Th w="40%">{words.rate}</Table.Th>
          <Table.Th ta="right">{words.granted}</Table.Th>
          <Table.Th ta="right">{words.refused}</Table.Th>
          <Table.Th ta="right">{words.unknown}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {channels.map(channel => {
          const share = formatShare(channel.rate / 100);
          return (
            <Table.Tr key={channel.channel}>
              <Table.Td>{channelWords.name[channel.channel]}</Table.Td>
              <Table.Td>
                <Progress.Root size={18}>
                  <Progress.Section
                    value={channel.rate}
                    aria-label={words.bar(channelWords.name[channel.channel], share)}
                    color="indigo"
                  >
                    {channel.rate >= 12 && <Progress.Label>{share}</Progress.Label>}
                  </Progress.Section>
                </Progress.Root>
              </Table.Td>
              <Table.Td ta="right">
                <Granted {...channel} />
              </Table.Td>
              <Table.Td ta="right">{formatNumber(channel.refused)}</Table.Td>
              <Table.Td ta="right">{formatNumber(channel.unknown)}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  </Panel>
);
