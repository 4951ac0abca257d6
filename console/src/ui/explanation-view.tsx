import { Badge, Group, List, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatMinute } from '../lib/format.ts';
import type { Explanation } from '../lib/use-explanation.ts';
import { commonWords } from '../words/common.ts';
import { explanationWords as words } from '../words/explanation.ts';
import { TraceView } from './trace-view.tsx';

/** Why somebody is in a segment or not: each condition ticked or crossed, with what was seen. */
export const ExplanationView = ({ explanation }: { explanation: Explanation }): ReactNode => {
  const { member, enteredAt, tree, wouldFlip, asOf } = explanation;
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Badge color={member ? 'teal' : 'gray'}>{member ? words.member : words.notMember}</Badge>
        <Text c="dimmed" size="xs">
          {member && enteredAt && `${words.since} ${formatMinute(enteredAt)} · `}
          {commonWords.asOf(formatMinute(asOf))}
        </Text>
      </Group>
      <TraceView trace={tree} />
      {wouldFlip.length > 0 && (
        <Stack gap={2}>
          <Title order={3}>{words.flipTitle}</Title>
          <List size="sm">
            {wouldFlip.map(({ path, inWords, mustHold }) => (
              <List.Item key={path}>
                {inWords} – <i>{mustHold ? words.mustHold : words.mustNotHold}</i>
              </List.Item>
            ))}
          </List>
        </Stack>
      )}
    </Stack>
  );
};
