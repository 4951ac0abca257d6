import { ActionIcon, Group as Row, SegmentedControl, Stack } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Condition, type Group, isGroup } from '../../../../../core/language/condition.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import { AddCondition } from './add-condition.tsx';
import styles from './builder.module.css';
import { ConditionRow } from './condition-row.tsx';

interface ConditionGroupProps {
  group: Group;
  /** How deep it stands; the outermost is 0. */
  depth: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

const depthMax = 4;
const operators = [
  { value: 'AND', label: words.and },
  { value: 'OR', label: words.or },
  { value: 'NOT', label: words.not },
];

/** Whoever is in none of several fits none of them: the language negates one condition, so several are joined by OR. */
const partsOf = (group: Group): Condition[] => {
  const [only] = group.conditions;
  const isJoined = group.operator === 'NOT' && group.conditions.length === 1 && only && isGroup(only);
  return isJoined && only.operator === 'OR' ? only.conditions : group.conditions;
};
const groupOf = (operator: Group['operator'], parts: Condition[]): Group =>
  operator === 'NOT' && parts.length > 1
    ? { operator, conditions: [{ operator: 'OR', conditions: parts }] }
    : { operator, conditions: parts };

/** Conditions of which all, any or none must hold; a condition may be such a group again. */
export const ConditionGroup = ({ group, depth, onChange, onRemove }: ConditionGroupProps): ReactNode => {
  const { operator } = group;
  const parts = partsOf(group);
  const put = (place: number, part: Condition): void => onChange(groupOf(operator, parts.with(place, part)));
  const remove = (place: number): void => {
    const rest = parts.toSpliced(place, 1);
    if (rest.length > 0) onChange(groupOf(operator, rest));
    else onRemove?.();
  };
  return (
    <div className={styles.group} data-depth={depth}>
      <Row justify="space-between" wrap="nowrap">
        <SegmentedControl
          aria-label={words.groupLabel}
          data={operators}
          value={operator}
          onChange={value => onChange(groupOf(value as Group['operator'], parts))}
        />
        {onRemove && (
          <ActionIcon aria-label={words.removeGroup} title={words.removeGroup} onClick={onRemove}>
            <IconX size={15} />
          </ActionIcon>
        )}
      </Row>
      <Stack gap={6} className={styles.parts ?? ''}>
        {parts.map((part, place) => {
          const key = `${depth}-${String(place)}`;
          const canRemove = onRemove !== undefined || parts.length > 1;
          return isGroup(part) ? (
            <ConditionGroup
              key={key}
              group={part}
              depth={depth + 1}
              onChange={next => put(place, next)}
              onRemove={() => remove(place)}
            />
          ) : (
            <ConditionRow
              key={key}
              condition={part}
              onChange={next => put(place, next)}
              {...(canRemove ? { onRemove: () => remove(place) } : {})}
            />
          );
        })}
      </Stack>
      <AddCondition
        hasGroups={depth < depthMax}
        onAdd={condition => onChange(groupOf(operator, [...parts, condition]))}
      />
    </div>
  );
};
