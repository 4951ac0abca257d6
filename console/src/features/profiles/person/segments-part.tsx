import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Ago } from '../../../ui/ago.tsx';
import { Answer } from '../../../ui/answer.tsx';
import { ExplainDialog } from '../../../ui/explain-dialog.tsx';
import { Link } from '../../../ui/link.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { profileWords as words } from '../../../words/profiles.ts';
import { AudiencesOf } from './audiences-of.tsx';
import { ExplainOther } from './explain-other.tsx';
import { useMemberships } from './use-memberships.ts';

/** The segments of a person, each with why. */
export const SegmentsPart = ({ profileId }: { profileId: string }): ReactNode => {
  const query = useMemberships(profileId);
  const [explained, setExplained] = useState<string>();
  return (
    <Answer query={query}>
      {({ items, rfm }) => (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <Panel title={words.inSegments} actions={<ExplainOther onChosen={setExplained} />}>
            <Stack gap="sm">
              {rfm && (
                <Text c="dimmed">
                  {rfm.group.replaceAll('_', ' ')} · {words.rfm(rfm.recency, rfm.frequency, rfm.monetary)}
                </Text>
              )}
              {items.length === 0 && <Text c="dimmed">{words.noSegments}</Text>}
              {items.map(({ segmentId, name, enteredAt, reason }) => (
                <Group key={segmentId} justify="space-between" wrap="nowrap" align="flex-start">
                  <Stack gap={0} miw={0}>
                    <Link to="/segments/$segmentId" params={{ segmentId }} fw={500}>
                      {name}
                    </Link>
                    <Text size="xs" c="dimmed" lineClamp={2}>
                      <Ago at={enteredAt} /> · {reason}
                    </Text>
                  </Stack>
                  <Button variant="default" size="compact-xs" onClick={() => setExplained(segmentId)}>
                    {words.whySegment}
                  </Button>
                </Group>
              ))}
            </Stack>
          </Panel>
          <AudiencesOf segmentIds={items.map(({ segmentId }) => segmentId)} />
          {explained && (
            <ExplainDialog segmentId={explained} profileId={profileId} onClose={() => setExplained(undefined)} />
          )}
        </SimpleGrid>
      )}
    </Answer>
  );
};
