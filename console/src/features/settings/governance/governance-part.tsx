import { Badge, Stack, Table, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { roleNames } from '../../../../../core/model/caller.ts';
import { Answer } from '../../../ui/answer.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { fieldName } from '../../../words/fields.ts';
import { settingsWords } from '../../../words/settings.ts';
import { useGovernedFields } from './use-governed-fields.ts';

const words = settingsWords.governance;
const colors = { show: 'teal', mask: 'yellow', hash: 'blue', drop: 'red' } as const;
type View = keyof typeof colors;

const ViewBadge = ({ view }: { view: View | undefined }): ReactNode =>
  view && <Badge color={colors[view]}>{words.views[view]}</Badge>;

/** How much of each field each role sees. */
export const GovernancePart = (): ReactNode => {
  const query = useGovernedFields();
  return (
    <Stack gap="sm">
      <Text c="dimmed">{words.hint}</Text>
      <Answer query={query} lines={10}>
        {fields => (
          <Panel flush>
            <Table horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.field}</Table.Th>
                  <Table.Th>{words.class}</Table.Th>
                  {roleNames.map(role => (
                    <Table.Th key={role}>{role}</Table.Th>
                  ))}
                  <Table.Th>{words.activated}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {fields.map(({ field, class: fieldClass, roles, activated }) => (
                  <Table.Tr key={field}>
                    <Table.Td fw={500} title={field}>
                      {fieldName(field)}
                    </Table.Td>
                    <Table.Td>{fieldClass}</Table.Td>
                    {roleNames.map(role => (
                      <Table.Td key={role}>
                        <ViewBadge view={roles[role]} />
                      </Table.Td>
                    ))}
                    <Table.Td>{activated && <IconSend size={15} role="img" aria-label={words.activated} />}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Panel>
        )}
      </Answer>
    </Stack>
  );
};
