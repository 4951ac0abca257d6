import { Alert, Button, Group, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AttributeName, AttributesPatch } from '../../../../../core/model/profile.ts';
import { formatValue } from '../../../lib/format.ts';
import { profileWords as words } from '../../../words/profiles.ts';
import { type AttributeForm, attributeNames } from './attribute-changes.ts';

interface LostUpdateProps {
  /** As editing began, and as it stands now. */
  before: AttributeForm;
  stands: AttributeForm;
  changes: AttributesPatch;
  onTheirs: () => void;
  onMine: () => void;
}

/** What somebody else has changed meanwhile, beside what is about to be written. */
export const LostUpdate = ({ before, stands, changes, onTheirs, onMine }: LostUpdateProps): ReactNode => {
  const touched = (name: AttributeName): boolean => before.fields[name] !== stands.fields[name] || name in changes;
  const mine = (name: AttributeName): unknown => (name in changes ? changes[name] : stands.fields[name]);
  return (
    <Alert color="yellow" title={words.conflictTitle} role="alert">
      {words.conflictHint}
      <Table mt="xs" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.field}</Table.Th>
            <Table.Th>{words.stands}</Table.Th>
            <Table.Th>{words.yours}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {attributeNames.filter(touched).map(name => (
            <Table.Tr key={name}>
              <Table.Td>{words.attributes[name]}</Table.Td>
              <Table.Td>{formatValue(stands.fields[name])}</Table.Td>
              <Table.Td>{formatValue(mine(name))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group gap="xs" mt="xs">
        <Button variant="default" onClick={onTheirs}>
          {words.takeTheirs}
        </Button>
        <Button onClick={onMine}>{words.saveMine}</Button>
      </Group>
    </Alert>
  );
};
