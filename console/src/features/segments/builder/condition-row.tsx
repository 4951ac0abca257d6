import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Condition, Group } from '../../../../../core/language/condition.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import styles from './builder.module.css';
import { ComparisonFields } from './comparison-fields.tsx';
import { EventFields } from './event-fields.tsx';
import { RfmFields } from './rfm-fields.tsx';
import { SegmentFields } from './segment-fields.tsx';
import { SequenceFields } from './sequence-fields.tsx';

type Leaf = Exclude<Condition, Group>;

interface ConditionRowProps {
  condition: Leaf;
  onChange: (condition: Leaf) => void;
  onRemove?: () => void;
}

const Fields = ({ condition, onChange }: Omit<ConditionRowProps, 'onRemove'>): ReactNode => {
  if ('field' in condition) return <ComparisonFields condition={condition} onChange={onChange} />;
  if ('event' in condition) return <EventFields condition={condition} onChange={onChange} />;
  if ('sequence' in condition) return <SequenceFields condition={condition} onChange={onChange} />;
  if ('rfm' in condition) return <RfmFields condition={condition} onChange={onChange} />;
  return <SegmentFields condition={condition} onChange={onChange} />;
};

/** One condition in the controls that fit it. */
export const ConditionRow = ({ condition, onChange, onRemove }: ConditionRowProps): ReactNode => (
  <div className={styles.row}>
    <div className={styles.fields}>
      <Fields condition={condition} onChange={onChange} />
    </div>
    {onRemove && (
      <ActionIcon mt={4} aria-label={words.removeCondition} title={words.removeCondition} onClick={onRemove}>
        <IconX size={15} />
      </ActionIcon>
    )}
  </div>
);
