import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconSend, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../../lib/session.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { audienceWords as words } from '../../../words/audiences.ts';
import { commonWords } from '../../../words/common.ts';
import { ActivateDialog } from './activate-dialog.tsx';
import type { ShownAudience } from './use-audience.ts';
import { useDeleteAudience } from './use-delete-audience.ts';

/** What can be done with an audience: send it, delete it. */
export const AudienceActions = ({ audience }: { audience: ShownAudience }): ReactNode => {
  const [doing, setDoing] = useState<'activate' | 'delete'>();
  const [removeRemote, setRemoveRemote] = useState(false);
  const remove = useDeleteAudience(audience.id);
  const navigate = useNavigate();
  if (!useMay('write')) return null;
  const confirm = (): void =>
    remove.mutate(removeRemote, {
      onError: noticeFailure,
      onSuccess: () => {
        noticeDone(words.deleted);
        void navigate({ to: '/audiences' });
      },
    });
  return (
    <>
      <Button leftSection={<IconSend size={14} />} onClick={() => setDoing('activate')}>
        {words.activate}
      </Button>
      <ActionIcon
        size="md"
        aria-label={commonWords.delete}
        title={commonWords.delete}
        onClick={() => setDoing('delete')}
      >
        <IconTrash size={16} />
      </ActionIcon>
      {doing === 'activate' && <ActivateDialog audience={audience} onClose={() => setDoing(undefined)} />}
      <Confirm
        title={words.deleteTitle}
        text={words.deleteText}
        action={commonWords.delete}
        isOpen={doing === 'delete'}
        isBusy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setDoing(undefined)}
      >
        <Checkbox
          label={words.removeRemote}
          checked={removeRemote}
          onChange={event => setRemoveRemote(event.currentTarget.checked)}
        />
      </Confirm>
    </>
  );
};
