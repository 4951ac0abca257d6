import { Box, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useExplanation } from '../../../lib/use-explanation.ts';
import { Answer } from '../../../ui/answer.tsx';
import { ExplanationView } from '../../../ui/explanation-view.tsx';
import { FindProfile } from '../../../ui/find-profile.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { segmentWords as words } from '../../../words/segments.ts';

/** Why somebody is in this segment, or not. */
export const ExplainPart = ({ segmentId }: { segmentId: string }): ReactNode => {
  const [profileId, setProfileId] = useState<string>();
  const query = useExplanation(segmentId, profileId);
  return (
    <Stack gap="md" maw={760}>
      <Text c="dimmed">{words.explainHint}</Text>
      <Box maw={420}>
        <FindProfile label={words.person} onFound={setProfileId} />
      </Box>
      {profileId !== undefined && (
        <Panel>
          <Answer query={query}>{explanation => <ExplanationView explanation={explanation} />}</Answer>
        </Panel>
      )}
    </Stack>
  );
};
