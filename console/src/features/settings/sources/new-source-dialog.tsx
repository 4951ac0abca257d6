import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type SourceKind, sourceKinds } from '../../../../../core/model/source-activity.ts';
import { Failure } from '../../../ui/failure.tsx';
import { commonWords } from '../../../words/common.ts';
import { settingsWords } from '../../../words/settings.ts';
import { useCreateSource } from './use-create-source.ts';

interface NewSourceDialogProps {
  /** With the write key, which is shown this once. */
  onMade: (secret: string) => void;
  onClose: () => void;
}

/** Makes a source. */
export const NewSourceDialog = ({ onMade, onClose }: NewSourceDialogProps): ReactNode => {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<SourceKind>('web');
  const create = useCreateSource();
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    create.mutate(
      { name, kind },
      {
        onSuccess: ({ key }) => {
          onMade(key);
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={settingsWords.sources.create}>
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
            label={settingsWords.sources.kind}
            data={[...sourceKinds]}
            value={kind}
            onChange={event => setKind(event.currentTarget.value as SourceKind)}
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
