import { Button, Group, Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type FactType, factTypes } from '../../../../../core/model/fact.ts';
import { type WebhookField, webhookFields } from '../../../../../core/model/stored-webhook.ts';
import { Failure } from '../../../ui/failure.tsx';
import { commonWords } from '../../../words/common.ts';
import { settingsWords } from '../../../words/settings.ts';
import { useCreateWebhook } from './use-create-webhook.ts';

interface NewWebhookDialogProps {
  /** With the signing secret, which is shown this once. */
  onMade: (secret: string) => void;
  onClose: () => void;
}

const words = settingsWords.webhooks;

/** Subscribes an address to what happens. */
export const NewWebhookDialog = ({ onMade, onClose }: NewWebhookDialogProps): ReactNode => {
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<string[]>([]);
  const [fields, setFields] = useState<string[]>([]);
  const create = useCreateWebhook();
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    create.mutate(
      { url, events: events as FactType[], fields: fields as WebhookField[] },
      {
        onSuccess: ({ secret }) => {
          onMade(secret);
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={words.create} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={words.url}
            type="url"
            required
            value={url}
            data-autofocus
            onChange={event => setUrl(event.currentTarget.value)}
          />
          <MultiSelect label={words.events} required data={factTypes} value={events} onChange={setEvents} />
          <MultiSelect label={words.fields} data={webhookFields} value={fields} onChange={setFields} />
          {create.isError && <Failure failure={create.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {commonWords.cancel}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={url === '' || events.length === 0}>
              {commonWords.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
