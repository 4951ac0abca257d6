import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type MergeStrategy, mergeStrategies } from '../../../../../core/model/merge-record.ts';
import { profileName } from '../../../lib/profile-name.ts';
import { Answer } from '../../../ui/answer.tsx';
import { FindProfile } from '../../../ui/find-profile.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { commonWords } from '../../../words/common.ts';
import { profileWords as words } from '../../../words/profiles.ts';
import { MergeDecisions } from './merge-decisions.tsx';
import { useMerge } from './use-merge.ts';
import { useMergePreview } from './use-merge-preview.ts';
import type { ShownProfile } from './use-profile.ts';

interface MergeDialogProps {
  profile: ShownProfile;
  onClose: () => void;
}

/** Merges somebody into this profile, after every decision was shown. */
export const MergeDialog = ({ profile, onClose }: MergeDialogProps): ReactNode => {
  const [otherId, setOtherId] = useState<string>();
  const [strategy, setStrategy] = useState<MergeStrategy>('most_recent');
  const preview = useMergePreview(profile.id, otherId, strategy);
  const merge = useMerge(profile.id);
  const confirm = (): void => {
    if (otherId === undefined) return;
    merge.mutate(
      { otherId, strategy },
      {
        onError: noticeFailure,
        onSuccess: () => {
          noticeDone(words.merged);
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={words.mergeTitle} size="xl">
      <Stack gap="sm">
        <Text>
          <b>{words.survivor}:</b> {profileName(profile)}
        </Text>
        <FindProfile label={words.mergeWith} besides={profile.id} onFound={setOtherId} />
        <NativeSelect
          label={words.mergeStrategy}
          value={strategy}
          data={mergeStrategies.map(value => ({ value, label: words.strategies[value] }))}
          onChange={event => setStrategy(event.currentTarget.value as MergeStrategy)}
        />
        {otherId !== undefined && <Answer query={preview}>{decided => <MergeDecisions preview={decided} />}</Answer>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {commonWords.cancel}
          </Button>
          <Button disabled={preview.data === undefined} loading={merge.isPending} onClick={confirm}>
            {words.mergeNow}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
