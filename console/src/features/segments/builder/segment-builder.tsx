import { Grid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Group } from '../../../../../core/language/condition.ts';
import { useSegmentNames } from '../../../lib/use-segment-names.ts';
import { Panel } from '../../../ui/panel.tsx';
import { segmentWords as words } from '../../../words/segments.ts';
import { ConditionGroup } from './condition-group.tsx';
import { inPlainWords } from './in-plain-words.ts';
import { LiveCount } from './live-count.tsx';

interface SegmentBuilderProps {
  rules: Group;
  onChange: (rules: Group) => void;
}

/** Rules to be edited, beside what they say and how many they find. */
export const SegmentBuilder = ({ rules, onChange }: SegmentBuilderProps): ReactNode => {
  const { data: segments = [] } = useSegmentNames();
  const nameOf = (id: string): string => segments.find(({ value }) => value === id)?.label ?? id;
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <ConditionGroup group={rules} depth={0} onChange={onChange} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="md">
          <LiveCount rules={rules} />
          <Panel title={words.summary}>
            <Text>{inPlainWords(rules, nameOf)}.</Text>
          </Panel>
        </Stack>
      </Grid.Col>
    </Grid>
  );
};
