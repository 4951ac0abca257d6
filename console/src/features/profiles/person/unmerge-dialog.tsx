import { Button, Group, Modal, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { profileName } from '../../../lib/profile-name.ts';
import { Failure } from '../../../ui/failure.tsx';
import { noticeDone } from '../../../ui/notices.tsx';
import { commonWords } from '../../../words/common.ts';
import { profileWords as words } from '../../../words/profiles.ts';
import { type Unmerged, useUnmerge } from './use-unmerge.ts';

interface UnmergeDialogProps {
  mergeId: string;
  onClose: () => void;
}

const Diff = ({ diff }: { diff: NonNullable<Unmerged['diff']> }): ReactNode => (
  <Stack gap={4}>
    <Title order={3}>{words.afterUnmerge}</Title>
    <SimpleGrid cols={2}>
      {[diff.primary, diff.secondary].map(({ profile, eventsSince }) => (
        <Stack key={profile.id} gap={0}>
          <Text fw={500}>{profileName(profile)}</Text>
          <Text size="xs" c="dimmed">
            {profile.attributes.email ?? profile.id} · {words.events(eventsSince)}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  </Stack>
);

/** Shows what undoing a merge would come to, and undoes it. */
export const UnmergeDialog = ({ mergeId, onClose }: UnmergeDialogProps): ReactNode => {
  const [reason, setReason] = useState('');
  const unmerge = useUnmerge(mergeId);
  const shown = unmerge.data?.dryRun ? unmerge.data : undefined;
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    const dryRun = shown === undefined;
    unmerge.mutate(
      { reason, dryRun },
      {
        onSuccess: () => {
          if (dryRun) return;
          noticeDone(words.unmerged);
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={words.unmergeTitle} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text>{words.unmergeText}</Text>
          <TextInput
            label={words.unmergeReason}
            required
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
            data-autofocus
          />
          {shown?.diff && <Diff diff={shown.diff} />}
          {unmerge.isError && <Failure failure={unmerge.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {commonWords.cancel}
            </Button>
            <Button type="submit" loading={unmerge.isPending} disabled={reason.trim() === ''}>
              {shown === undefined ? words.previewUnmerge : words.unmergeNow}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
