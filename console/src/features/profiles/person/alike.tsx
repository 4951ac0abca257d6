import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Answer } from '../../../ui/answer.tsx';
import { Link } from '../../../ui/link.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { profileWords as words } from '../../../words/profiles.ts';
import { useAlike } from './use-alike.ts';

/** Who may be the same person. */
export const Alike = ({ profileId }: { profileId: string }): ReactNode => {
  const query = useAlike(profileId);
  return (
    <Panel title={words.duplicates}>
      <Answer query={query} lines={2}>
        {items => (
          <Stack gap="xs">
            {items.length === 0 && <Text c="dimmed">{words.noDuplicates}</Text>}
            {items.map(({ profileId: other, score, status, evidence }) => (
              <Group key={other} justify="space-between" wrap="nowrap">
                <Stack gap={0} miw={0}>
                  <Link to="/profiles/$profileId" params={{ profileId: other }} truncate>
                    {other}
                  </Link>
                  <Text size="xs" c="dimmed" truncate>
                    {evidence
                      .filter(({ bits }) => bits > 0)
                      .map(({ field }) => field)
                      .join(', ')}
                  </Text>
                </Stack>
                <Group gap="xs" wrap="nowrap">
                  {status && <StateBadge state={status} />}
                  <Text fw={600}>{words.queue.score(score)}</Text>
                </Group>
              </Group>
            ))}
          </Stack>
        )}
      </Answer>
    </Panel>
  );
};
