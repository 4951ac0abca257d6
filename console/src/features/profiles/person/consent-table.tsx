import { Button, Group, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { consentChannels } from '../../../../../core/model/profile.ts';
import { formatMinute } from '../../../lib/format.ts';
import { useMay } from '../../../lib/session.tsx';
import { HiddenHead } from '../../../ui/hidden-head.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { channelWords } from '../../../words/channels.ts';
import { profileWords as words } from '../../../words/profiles.ts';
import type { useConsentRecord } from './use-consent-record.ts';
import { useSetConsent } from './use-set-consent.ts';

interface ConsentTableProps {
  profileId: string;
  record: NonNullable<ReturnType<typeof useConsentRecord>['data']>;
}

/** Each channel with how it stands and by what that is proved. */
export const ConsentTable = ({ profileId, record }: ConsentTableProps): ReactNode => {
  const set = useSetConsent(profileId);
  const mayWrite = useMay('write');
  return (
    <Table horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.purpose}</Table.Th>
          <Table.Th>{words.state}</Table.Th>
          <Table.Th>{words.proof}</Table.Th>
          <HiddenHead>{words.grant}</HiddenHead>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {consentChannels.map(channel => {
          const { state, source, at } = record.channels[channel];
          const granted = state === 'granted';
          return (
            <Table.Tr key={channel}>
              <Table.Td>{channelWords.name[channel]}</Table.Td>
              <Table.Td>
                <StateBadge state={state} />
              </Table.Td>
              <Table.Td>
                <Text size="xs" c="dimmed">
                  {[source, at && formatMinute(at)].filter(Boolean).join(' · ')}
                </Text>
              </Table.Td>
              <Table.Td>
                {mayWrite && (
                  <Group justify="flex-end">
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`${granted ? words.withdraw : words.grant} ${channelWords.name[channel]}`}
                      onClick={() => set.mutate({ channel, granted: !granted })}
                    >
                      {granted ? words.withdraw : words.grant}
                    </Button>
                  </Group>
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
};
