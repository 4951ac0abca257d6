import { ActionIcon, Table, Text } from '@mantine/core';
import { IconLinkOff } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { useMay } from '../../../lib/session.tsx';
import { Ago } from '../../../ui/ago.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { HiddenHead } from '../../../ui/hidden-head.tsx';
import { noticeFailure } from '../../../ui/notices.tsx';
import { profileWords as words } from '../../../words/profiles.ts';
import { useDetach } from './use-detach.ts';
import type { Identity } from './use-identities.ts';

interface IdentifiersProps {
  profileId: string;
  identities: readonly Identity[];
}

/** Every identifier with who told it, when it was seen, and how sure it is. */
export const Identifiers = ({ profileId, identities }: IdentifiersProps): ReactNode => {
  const [leaving, setLeaving] = useState<Identity>();
  const detach = useDetach(profileId);
  const mayWrite = useMay('write');
  const confirm = (): void => {
    if (leaving) detach.mutate(leaving, { onError: noticeFailure, onSettled: () => setLeaving(undefined) });
  };
  return (
    <>
      <Table horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.identifiers}</Table.Th>
            <Table.Th>{words.source}</Table.Th>
            <Table.Th>{words.lastSeenAt}</Table.Th>
            <Table.Th ta="right">{words.confidence}</Table.Th>
            <HiddenHead>{words.detach}</HiddenHead>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {identities.map(identity => (
            <Table.Tr key={`${identity.type} ${identity.value}`}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Text size="xs" c="dimmed">
                  {identity.type}
                </Text>
                {identity.value}
              </Table.Td>
              <Table.Td>{identity.source}</Table.Td>
              <Table.Td>
                <Ago at={identity.lastSeenAt} />
              </Table.Td>
              <Table.Td ta="right">{formatNumber(identity.confidence)}</Table.Td>
              <Table.Td>
                {mayWrite && (
                  <ActionIcon aria-label={`${words.detach} ${identity.value}`} onClick={() => setLeaving(identity)}>
                    <IconLinkOff size={15} />
                  </ActionIcon>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Confirm
        title={words.detachTitle}
        text={words.detachText}
        action={words.detach}
        isOpen={leaving !== undefined}
        isBusy={detach.isPending}
        onConfirm={confirm}
        onClose={() => setLeaving(undefined)}
      />
    </>
  );
};
