import { Button, Group, Menu } from '@mantine/core';
import { IconFolderPlus, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Condition } from '../../../../../core/language/condition.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import { conditionKinds, emptyGroup, newCondition } from './new-condition.ts';

interface AddConditionProps {
  hasGroups: boolean;
  onAdd: (condition: Condition) => void;
}

const quiet = { variant: 'subtle', color: 'gray', size: 'compact-xs' } as const;

/** Adds a condition of a kind, or a group of conditions. */
export const AddCondition = ({ hasGroups, onAdd }: AddConditionProps): ReactNode => (
  <Group gap={4}>
    <Menu position="bottom-start">
      <Menu.Target>
        <Button {...quiet} leftSection={<IconPlus size={14} />}>
          {words.addCondition}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {conditionKinds.map(kind => (
          <Menu.Item key={kind} onClick={() => onAdd(newCondition[kind]())}>
            {words.kinds[kind]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
    {hasGroups && (
      <Button {...quiet} leftSection={<IconFolderPlus size={14} />} onClick={() => onAdd(emptyGroup())}>
        {words.addGroup}
      </Button>
    )}
  </Group>
);
