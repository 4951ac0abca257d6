import { Button, Drawer, Group, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError } from '../../../../../core/contract/api-error.ts';
import { Failure } from '../../../ui/failure.tsx';
import { noticeDone } from '../../../ui/notices.tsx';
import { commonWords } from '../../../words/common.ts';
import { profileWords as words } from '../../../words/profiles.ts';
import { attributeNames, changesOf, formOf } from './attribute-changes.ts';
import { LostUpdate } from './lost-update.tsx';
import { type ShownProfile, useProfile } from './use-profile.ts';
import { useUpdateProfile } from './use-update-profile.ts';

interface EditProfileProps {
  /** The profile as it was when editing began. */
  opened: ShownProfile;
  etag: string | null;
  onClose: () => void;
}

/** Edits what is known of somebody; where somebody else was faster, both words stand side by side. */
export const EditProfile = ({ opened, etag, onClose }: EditProfileProps): ReactNode => {
  const [before] = useState(() => formOf(opened.attributes));
  const [tag, setTag] = useState(etag);
  const [form, setForm] = useState(before);
  const latest = useProfile(opened.id);
  const update = useUpdateProfile(opened.id);
  const changes = changesOf(before, form);
  const isLost = update.error instanceof ApiError && update.error.status === 412;
  const save = (over: string | null): void =>
    update.mutate(
      { changes: { attributes: changes }, etag: over },
      {
        onSuccess: () => {
          noticeDone(words.edited);
          onClose();
        },
        onError: failure => {
          if (failure instanceof ApiError && failure.status === 412) void latest.refetch();
        },
      },
    );
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    save(tag);
  };
  return (
    <Drawer opened onClose={onClose} title={words.editTitle} position="right" size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {isLost && latest.data && (
            <LostUpdate
              before={before}
              stands={formOf(latest.data.profile.attributes)}
              changes={changes}
              onTheirs={onClose}
              onMine={() => {
                setTag(latest.data.etag);
                save(latest.data.etag);
              }}
            />
          )}
          {update.isError && !isLost && <Failure failure={update.error} />}
          <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
            {attributeNames.map(name => (
              <TextInput
                key={name}
                label={words.attributes[name]}
                value={form.fields[name]}
                onChange={({ currentTarget: { value } }) =>
                  setForm(current => ({ ...current, fields: { ...current.fields, [name]: value } }))
                }
              />
            ))}
          </SimpleGrid>
          <TagsInput
            label={words.tags}
            value={form.tags}
            onChange={tags => setForm(current => ({ ...current, tags }))}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {commonWords.cancel}
            </Button>
            <Button type="submit" disabled={Object.keys(changes).length === 0} loading={update.isPending}>
              {commonWords.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
};
