import { ActionIcon, MultiSelect, Stack, Table, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Role, roleNames } from '../../../../../core/model/caller.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Answer } from '../../../ui/answer.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { HiddenHead } from '../../../ui/hidden-head.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { InviteForm } from './invite-form.tsx';
import { useRemoveUser } from './use-remove-user.ts';
import { useSetRoles } from './use-set-roles.ts';
import { useUsers } from './use-users.ts';

const words = settingsWords.users;

/** Who may use the console, and as what. */
export const UsersPart = (): ReactNode => {
  const query = useUsers();
  const setRoles = useSetRoles();
  const remove = useRemoveUser();
  return (
    <Stack gap="sm" maw={860}>
      <Text c="dimmed">{words.hint}</Text>
      <InviteForm />
      <Answer query={query}>
        {users =>
          users.length === 0 ? (
            <Empty title={words.none} hint={words.noneHint} />
          ) : (
            <Panel flush>
              <Table horizontalSpacing="md">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{words.email}</Table.Th>
                    <Table.Th>{words.roles}</Table.Th>
                    <Table.Th>{settingsWords.created}</Table.Th>
                    <HiddenHead>{words.removed}</HiddenHead>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {users.map(({ id, email, roles, createdAt }) => (
                    <Table.Tr key={id}>
                      <Table.Td fw={500}>{email}</Table.Td>
                      <Table.Td>
                        <MultiSelect
                          aria-label={words.rolesOf(email)}
                          data={roleNames}
                          value={roles}
                          onChange={chosen => chosen.length > 0 && setRoles.mutate({ id, roles: chosen as Role[] })}
                        />
                      </Table.Td>
                      <Table.Td>
                        <Ago at={createdAt} />
                      </Table.Td>
                      <Table.Td ta="right">
                        <ActionIcon aria-label={words.remove(email)} onClick={() => remove.mutate(id)}>
                          <IconTrash size={15} />
                        </ActionIcon>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Panel>
          )
        }
      </Answer>
    </Stack>
  );
};
