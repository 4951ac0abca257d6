import { Select, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ImportKind } from '../../../../../core/model/import-spec.ts';
import { eventWords } from '../../../words/events.ts';
import type { Columns } from './mapping.ts';
import type { FileHead } from './read-head.ts';
import { openFieldOf, targetFields } from './target-fields.ts';

interface MappingTableProps {
  kind: ImportKind;
  head: FileHead;
  columns: Columns;
  onChange: (columns: Columns) => void;
}

const words = eventWords.import;

const choicesFor = (kind: ImportKind, column: string): string[] => {
  const open = openFieldOf(kind, column);
  return open === undefined ? [...targetFields[kind]] : [...targetFields[kind], open];
};

/** Each column with an example of it, and the field that it becomes. */
export const MappingTable = ({ kind, head, columns, onChange }: MappingTableProps): ReactNode => (
  <Table horizontalSpacing="md">
    <Table.Thead>
      <Table.Tr>
        <Table.Th>{words.column}</Table.Th>
        <Table.Th>{words.example}</Table.Th>
        <Table.Th w={280}>{words.field}</Table.Th>
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {head.columns.map(column => (
        <Table.Tr key={column}>
          <Table.Td fw={500}>{column}</Table.Td>
          <Table.Td maw={260}>
            <Text c="dimmed" truncate>
              {head.example[column]}
            </Text>
          </Table.Td>
          <Table.Td>
            <Select
              aria-label={`${words.field}: ${column}`}
              placeholder={words.ignore}
              searchable
              clearable
              data={choicesFor(kind, column)}
              value={columns[column] || null}
              onChange={field => onChange({ ...columns, [column]: field ?? '' })}
            />
          </Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
);
