import '../../ui/mantine-parts.ts';
import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconBook2, IconLogout, IconUserCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSession } from '../../lib/session.tsx';
import { shellWords } from '../../words/shell.ts';

/** Who is signed in, what they may do, and the way out. */
export const AccountMenu = (): ReactNode => {
  const { caller, signOut } = useSession();
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon size="md" aria-label={shellWords.account} title={shellWords.account}>
          <IconUserCircle size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{shellWords.signedInAs}</Menu.Label>
        <Text px="sm" pb={4} fw={500} truncate>
          {caller.id}
        </Text>
        <Text px="sm" pb={6} size="xs" c="dimmed">
          {shellWords.scopes} {caller.scopes.join(', ')}
        </Text>
        <Menu.Divider />
        <Menu.Item component="a" href="/docs/" leftSection={<IconBook2 size={15} />}>
          {shellWords.documents}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={signOut}>
          {shellWords.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
