import { Button, Code, Group, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatMinute } from '../../../lib/format.ts';
import { Ago } from '../../../ui/ago.tsx';
import { HiddenHead } from '../../../ui/hidden-head.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { settingsWords } from '../../../words/settings.ts';
import type { ShownKey } from './use-keys.ts';

interface KeyTableProps {
  keys: readonly ShownKey[];
  onRotate: (id: string) => void;
  onRevoke: (key: ShownKey) => void;
}

const words = settingsWords.keys;

const stateOf = ({ revokedAt, expiresAt }: ShownKey): string => {
  if (revokedAt !== undefined) return words.revoked;
  return expiresAt !== undefined && Date.parse(expiresAt) < Date.now() ? words.expired : words.active;
};

/** Every key with what it may do. */
export const KeyTable = ({ keys, onRotate, onRevoke }: KeyTableProps): ReactNode => (
  <Panel flush>
    <Table horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{settingsWords.name}</Table.Th>
          <Table.Th>{words.scopes}</Table.Th>
          <Table.Th>{words.prefix}</Table.Th>
          <Table.Th>{settingsWords.created}</Table.Th>
          <Table.Th>{words.expires}</Table.Th>
          <Table.Th>{settingsWords.state}</Table.Th>
          <HiddenHead>{words.revoke}</HiddenHead>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {keys.map(key => (
          <Table.Tr key={key.id}>
            <Table.Td fw={500}>{key.name}</Table.Td>
            <Table.Td>{key.scopes.join(', ')}</Table.Td>
            <Table.Td>
              <Code>{key.prefix}…</Code>
            </Table.Td>
            <Table.Td>
              <Ago at={key.createdAt} />
            </Table.Td>
            <Table.Td>{formatMinute(key.expiresAt)}</Table.Td>
            <Table.Td>
              <StateBadge state={stateOf(key)} />
            </Table.Td>
            <Table.Td>
              {key.revokedAt === undefined && (
                <Group gap={6} justify="flex-end" wrap="nowrap">
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`${words.rotate} ${key.name}`}
                    onClick={() => onRotate(key.id)}
                  >
                    {words.rotate}
                  </Button>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`${words.revoke} ${key.name}`}
                    onClick={() => onRevoke(key)}
                  >
                    {words.revoke}
                  </Button>
                </Group>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Panel>
);
