import { Select, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SegmentCondition } from '../../../../../core/language/condition.ts';
import { useSegmentNames } from '../../../lib/use-segment-names.ts';
import { segmentWords as words } from '../../../words/segments.ts';

interface SegmentFieldsProps {
  condition: SegmentCondition;
  onChange: (condition: SegmentCondition) => void;
}

/** That people are in another segment. */
export const SegmentFields = ({ condition, onChange }: SegmentFieldsProps): ReactNode => {
  const { data = [] } = useSegmentNames();
  return (
    <>
      <Text c="dimmed">{words.kinds.segment}</Text>
      <Select
        aria-label={words.segmentLabel}
        w={260}
        searchable
        data={data}
        value={condition.segment || null}
        onChange={segment => onChange({ segment: segment ?? '' })}
      />
    </>
  );
};
