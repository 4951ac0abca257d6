import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../../lib/session.tsx';
import { Ago } from '../../../ui/ago.tsx';
import { Answer } from '../../../ui/answer.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { profileWords as words } from '../../../words/profiles.ts';
import { UnmergeDialog } from './unmerge-dialog.tsx';
import { type Merge, useProfileMerges } from './use-profile-merges.ts';

const MergeLine = ({ merge, onUndo }: { merge: Merge; onUndo: (() => void) | undefined }): ReactNode => (
  <Group justify="space-between" wrap="nowrap">
    <Stack gap={0} miw={0}>
      <Text truncate>{words.timeline.merged(merge.mergedId)}</Text>
      <Text size="xs" c="dimmed">
        <Ago at={merge.at} /> · {merge.reason.by}
      </Text>
    </Stack>
    <Group gap="xs" wrap="nowrap">
      <StateBadge state={merge.status} />
      {onUndo && (
        <Button variant="default" size="compact-xs" leftSection={<IconArrowBackUp size={13} />} onClick={onUndo}>
          {words.unmerge}
        </Button>
      )}
    </Group>
  </Group>
);

/** The merges of a person; the last one into them can be undone. */
export const ProfileMerges = ({ profileId }: { profileId: string }): ReactNode => {
  const query = useProfileMerges(profileId);
  const [undoing, setUndoing] = useState<Merge>();
  const mayWrite = useMay('write');
  return (
    <Panel title={words.merges}>
      <Answer query={query} lines={2}>
        {merges => {
          const last = merges.find(merge => merge.profileId === profileId && merge.status === 'merged');
          return (
            <Stack gap="xs">
              {merges.length === 0 && <Text c="dimmed">{words.noMerges}</Text>}
              {merges.map(merge => (
                <MergeLine
                  key={merge.id}
                  merge={merge}
                  onUndo={mayWrite && merge === last ? () => setUndoing(merge) : undefined}
                />
              ))}
            </Stack>
          );
        }}
      </Answer>
      {undoing && <UnmergeDialog mergeId={undoing.id} onClose={() => setUndoing(undefined)} />}
    </Panel>
  );
};
