import { ActionIcon, Group, Table, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { Ago } from '../../../ui/ago.tsx';
import { HiddenHead } from '../../../ui/hidden-head.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { eventWords } from '../../../words/events.ts';
import type { PlannedType } from './use-plan.ts';

interface PlanTableProps {
  types: readonly PlannedType[];
  /** Absent: nobody may. */
  onEdit: ((planned: PlannedType) => void) | undefined;
  onRemove: (planned: PlannedType) => void;
}

const words = eventWords.plan;

/** The types of the plan with what was not so. */
export const PlanTable = ({ types, onEdit, onRemove }: PlanTableProps): ReactNode => (
  <Panel flush>
    <Table horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.columns.type}</Table.Th>
          <Table.Th>{words.columns.mode}</Table.Th>
          <Table.Th ta="right">{words.columns.violations}</Table.Th>
          <Table.Th>{words.columns.last}</Table.Th>
          <Table.Th>{words.columns.changed}</Table.Th>
          <HiddenHead>{words.add}</HiddenHead>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {types.map(planned => (
          <Table.Tr key={planned.eventType}>
            <Table.Td fw={500}>
              {planned.eventType}
              <Text size="xs" c="dimmed">
                {planned.description}
              </Text>
            </Table.Td>
            <Table.Td>
              <StateBadge state={planned.mode} />
            </Table.Td>
            <Table.Td ta="right">{formatNumber(planned.violations.count)}</Table.Td>
            <Table.Td>
              {planned.violations.examples.slice(0, 1).map(({ eventId, path, reason }) => (
                <Text key={eventId} size="xs" c="dimmed">
                  {path} {reason}
                </Text>
              ))}
            </Table.Td>
            <Table.Td>
              <Ago at={planned.updatedAt} />
            </Table.Td>
            <Table.Td>
              {onEdit && (
                <Group gap={4} wrap="nowrap" justify="flex-end">
                  <ActionIcon aria-label={words.edit(planned.eventType)} onClick={() => onEdit(planned)}>
                    <IconPencil size={15} />
                  </ActionIcon>
                  <ActionIcon aria-label={words.remove(planned.eventType)} onClick={() => onRemove(planned)}>
                    <IconTrash size={15} />
                  </ActionIcon>
                </Group>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Panel>
);
