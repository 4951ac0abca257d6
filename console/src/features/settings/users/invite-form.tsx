import { Button, Group, MultiSelect, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type Role, roleNames } from '../../../../../core/model/caller.ts';
import { Failure } from '../../../ui/failure.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { useInvite } from './use-invite.ts';

const words = settingsWords.users;

/** Invites somebody by their address. */
export const InviteForm = (): ReactNode => {
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<string[]>(['read-only']);
  const invite = useInvite();
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    invite.mutate({ email, roles: roles as Role[] }, { onSuccess: () => setEmail('') });
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={words.email}
          type="email"
          required
          value={email}
          onChange={event => setEmail(event.currentTarget.value)}
        />
        <MultiSelect label={words.roles} miw={240} data={roleNames} value={roles} onChange={setRoles} />
        <Button type="submit" loading={invite.isPending} disabled={email === '' || roles.length === 0}>
          {words.invite}
        </Button>
      </Group>
      {invite.isError && <Failure failure={invite.error} />}
    </form>
  );
};
