import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type Role, roleNames } from '../../../../../core/model/caller.ts';
import { Failure } from '../../../ui/failure.tsx';
import { commonWords } from '../../../words/common.ts';
import { settingsWords } from '../../../words/settings.ts';
import { useCreateKey } from './use-create-key.ts';

interface NewKeyDialogProps {
  /** With the key itself, which is shown this once. */
  onMade: (secret: string) => void;
  onClose: () => void;
}

const words = settingsWords.keys;
const writeKey = 'write';
const choices = [...roleNames, { value: writeKey, label: words.writeKey }];

/** Makes a key. */
export const NewKeyDialog = ({ onMade, onClose }: NewKeyDialogProps): ReactNode => {
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>('read-only');
  const create = useCreateKey();
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    create.mutate(role === writeKey ? { name, kind: 'write' } : { name, kind: 'secret', role: role as Role }, {
      onSuccess: ({ key }) => {
        onMade(key);
        onClose();
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title={words.create}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={settingsWords.name}
            required
            value={name}
            data-autofocus
            onChange={event => setName(event.currentTarget.value)}
          />
          <NativeSelect
            label={words.role}
            description={words.roleHint}
            data={choices}
            value={role}
            onChange={event => setRole(event.currentTarget.value)}
          />
          {create.isError && <Failure failure={create.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {commonWords.cancel}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              {commonWords.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
