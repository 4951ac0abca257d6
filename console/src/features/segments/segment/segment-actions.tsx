import { ActionIcon, Button } from '@mantine/core';
import { IconRefresh, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Segment } from '../../../../../core/contract/segments.ts';
import { useMay } from '../../../lib/session.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { noticeDone } from '../../../ui/notices.tsx';
import { commonWords } from '../../../words/common.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import { useDeleteSegment } from './use-delete-segment.ts';
import { useEvaluateSegment } from './use-evaluate-segment.ts';

/** What can be done with a segment: evaluate it again, delete it. */
export const SegmentActions = ({ segment }: { segment: Segment }): ReactNode => {
  const [isDeleting, setDeleting] = useState(false);
  const evaluate = useEvaluateSegment(segment.id);
  const remove = useDeleteSegment(segment.id);
  const navigate = useNavigate();
  if (!useMay('write')) return null;
  const confirm = (): void =>
    remove.mutate(undefined, {
      onSuccess: () => {
        noticeDone(words.deleted);
        void navigate({ to: '/segments' });
      },
    });
  return (
    <>
      {segment.type !== 'manual' && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={14} />}
          loading={evaluate.isPending}
          onClick={() => evaluate.mutate()}
        >
          {words.evaluate}
        </Button>
      )}
      <ActionIcon
        size="md"
        aria-label={commonWords.delete}
        title={commonWords.delete}
        onClick={() => setDeleting(true)}
      >
        <IconTrash size={16} />
      </ActionIcon>
      <Confirm
        title={words.deleteTitle}
        text={words.deleteText}
        action={commonWords.delete}
        isOpen={isDeleting}
        isBusy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setDeleting(false)}
      >
        {remove.isError && <Failure failure={remove.error} />}
      </Confirm>
    </>
  );
};
