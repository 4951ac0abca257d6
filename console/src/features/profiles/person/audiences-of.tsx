import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Answer } from '../../../ui/answer.tsx';
import { Link } from '../../../ui/link.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { profileWords } from '../../../words/profiles.ts';
import { useAudiencesOf } from './use-audiences-of.ts';

/** Where the segments of a person lead to. */
export const AudiencesOf = ({ segmentIds }: { segmentIds: readonly string[] }): ReactNode => {
  const query = useAudiencesOf(segmentIds);
  return (
    <Panel title={profileWords.noticeAudiences}>
      <Answer query={query} lines={2}>
        {audiences => (
          <Stack gap="xs">
            {audiences.length === 0 && <Text c="dimmed">{profileWords.noAudiences}</Text>}
            {audiences.map(({ id, name, platforms }) => (
              <Group key={id} justify="space-between" wrap="nowrap">
                <Link to="/audiences/$audienceId" params={{ audienceId: id }}>
                  {name}
                </Link>
                <Text c="dimmed">{platforms.join(', ')}</Text>
              </Group>
            ))}
          </Stack>
        )}
      </Answer>
    </Panel>
  );
};
