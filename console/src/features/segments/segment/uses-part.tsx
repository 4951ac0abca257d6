import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Answer } from '../../../ui/answer.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Link } from '../../../ui/link.tsx';
import { segmentWords as words } from '../../../words/segments.ts';
import { useDependents } from './use-dependents.ts';

/** Audiences and segments that use a segment. */
export const UsesPart = ({ segmentId }: { segmentId: string }): ReactNode => {
  const query = useDependents(segmentId);
  return (
    <Answer query={query}>
      {items =>
        items.length === 0 ? (
          <Empty title={words.noUses} />
        ) : (
          <Stack gap="xs">
            {items.map(({ kind, id, name }) => (
              <Group key={id} gap="sm">
                <Text c="dimmed" w={90}>
                  {kind}
                </Text>
                {kind === 'audience' ? (
                  <Link to="/audiences/$audienceId" params={{ audienceId: id }}>
                    {name}
                  </Link>
                ) : (
                  <Link to="/segments/$segmentId" params={{ segmentId: id }}>
                    {name}
                  </Link>
                )}
              </Group>
            ))}
          </Stack>
        )
      }
    </Answer>
  );
};
