import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { formatMinute } from '../../lib/format.ts';
import { useMay } from '../../lib/session.tsx';
import { Answer } from '../../ui/answer.tsx';
import { FindProfile } from '../../ui/find-profile.tsx';
import { Panel } from '../../ui/panel.tsx';
import { privacyWords } from '../../words/privacy.ts';
import { useOptOut } from './use-opt-out.ts';
import { useRecordOptOut } from './use-record-opt-out.ts';

const words = privacyWords.ccpa;

/** Who objects to the sale and sharing of their data. */
export const CcpaPart = (): ReactNode => {
  const [profileId, setProfileId] = useState<string>();
  const query = useOptOut(profileId);
  const record = useRecordOptOut();
  const mayWrite = useMay('write');
  return (
    <Stack gap="md" maw={640}>
      <Text c="dimmed">{words.hint}</Text>
      <FindProfile label={words.person} onFound={setProfileId} />
      {profileId !== undefined && (
        <Panel>
          <Answer query={query} lines={1}>
            {({ optedOut, at, source }) => (
              <Group justify="space-between">
                <Text fw={500} role="status">
                  {optedOut ? words.objects : words.doesNot}
                  {at && ` · ${formatMinute(at)}`}
                  {source && ` ${words.source(source)}`}
                </Text>
                {!optedOut && mayWrite && (
                  <Button variant="default" loading={record.isPending} onClick={() => record.mutate(profileId)}>
                    {words.record}
                  </Button>
                )}
              </Group>
            )}
          </Answer>
        </Panel>
      )}
    </Stack>
  );
};
