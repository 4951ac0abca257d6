import { Button } from '@mantine/core';
import { IconArrowsJoin, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { profileName } from '../../../lib/profile-name.ts';
import { useMay } from '../../../lib/session.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { profileWords as words } from '../../../words/profiles.ts';
import { EditProfile } from './edit-profile.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { useEraseProfile } from './use-erase-profile.ts';
import type { ShownProfile } from './use-profile.ts';

interface PersonActionsProps {
  profile: ShownProfile;
  etag: string | null;
}

type Doing = 'edit' | 'merge' | 'erase' | undefined;

/** What can be done with a person: edit, merge, erase. */
export const PersonActions = ({ profile, etag }: PersonActionsProps): ReactNode => {
  const [doing, setDoing] = useState<Doing>();
  const [mayWrite, mayErase] = [useMay('write'), useMay('privacy')];
  const erase = useEraseProfile(profile.id);
  const navigate = useNavigate();
  const name = profileName(profile);
  const close = (): void => setDoing(undefined);
  const confirmErase = (): void =>
    erase.mutate(undefined, {
      onError: noticeFailure,
      onSuccess: () => {
        noticeDone(words.erased);
        void navigate({ to: '/profiles' });
      },
    });
  return (
    <>
      {mayWrite && (
        <>
          <Button variant="default" leftSection={<IconPencil size={14} />} onClick={() => setDoing('edit')}>
            {words.edit}
          </Button>
          <Button variant="default" leftSection={<IconArrowsJoin size={14} />} onClick={() => setDoing('merge')}>
            {words.merge}
          </Button>
        </>
      )}
      {mayErase && (
        <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => setDoing('erase')}>
          {words.erase}
        </Button>
      )}
      {doing === 'edit' && <EditProfile opened={profile} etag={etag} onClose={close} />}
      {doing === 'merge' && <MergeDialog profile={profile} onClose={close} />}
      <Confirm
        title={words.eraseTitle}
        text={words.eraseText}
        action={words.erase}
        isOpen={doing === 'erase'}
        isBusy={erase.isPending}
        typed={{ label: words.eraseConfirm(name), value: name }}
        onConfirm={confirmErase}
        onClose={close}
      />
    </>
  );
};
