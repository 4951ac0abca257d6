import { Button, MultiSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type ConsentChannel, consentChannels } from '../../../../core/model/profile.ts';
import { useSegmentNames } from '../../lib/use-segment-names.ts';
import { Failure } from '../../ui/failure.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SecretOnce } from '../../ui/secret-once.tsx';
import { audienceWords as words } from '../../words/audiences.ts';
import { channelWords } from '../../words/channels.ts';
import { useCreateAudience } from './form/use-create-audience.ts';

const formId = 'new-audience';
const channels = consentChannels.map(value => ({ value, label: channelWords.name[value] }));

/** An audience is put together: whom it takes, and where they are sent. */
export const NewAudiencePage = (): ReactNode => {
  const [name, setName] = useState('');
  const [segmentIds, setSegmentIds] = useState<string[]>([]);
  const [url, setUrl] = useState('');
  const [requiredConsent, setRequiredConsent] = useState<string[]>(['email']);
  const [sharing, setSharing] = useState(false);
  const { data: segments = [] } = useSegmentNames();
  const create = useCreateAudience();
  const navigate = useNavigate();
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    const webhook = { url, requiredConsent: requiredConsent as ConsentChannel[], sharing };
    create.mutate(
      { name, segmentIds, platforms: ['webhook'], config: { webhook } },
      {
        onSuccess: ({ id, signingSecret }) => {
          if (!signingSecret) void navigate({ to: '/audiences/$audienceId', params: { audienceId: id } });
        },
      },
    );
  };
  const isReady = name.trim() !== '' && segmentIds.length > 0 && url !== '' && requiredConsent.length > 0;
  const { data: made } = create;
  return (
    <Page
      title={words.create}
      actions={
        made === undefined && (
          <Button type="submit" form={formId} loading={create.isPending} disabled={!isReady}>
            {words.save}
          </Button>
        )
      }
    >
      <Stack gap="md" maw={640}>
        {create.isError && <Failure failure={create.error} />}
        {made?.signingSecret && (
          <>
            <SecretOnce title={words.secretTitle} secret={made.signingSecret} />
            <ButtonLink to="/audiences/$audienceId" params={{ audienceId: made.id }}>
              {words.open}
            </ButtonLink>
          </>
        )}
        {made === undefined && (
          <form id={formId} onSubmit={submit}>
            <Stack gap="md">
              <TextInput
                label={words.name}
                required
                value={name}
                onChange={event => setName(event.currentTarget.value)}
              />
              <MultiSelect
                label={words.segments}
                required
                searchable
                data={segments}
                value={segmentIds}
                onChange={setSegmentIds}
              />
              <Panel title={words.webhook}>
                <Stack gap="sm">
                  <TextInput
                    label={words.webhookUrl}
                    type="url"
                    required
                    value={url}
                    onChange={event => setUrl(event.currentTarget.value)}
                  />
                  <MultiSelect
                    label={words.consent}
                    required
                    data={channels}
                    value={requiredConsent}
                    onChange={setRequiredConsent}
                  />
                  <Switch
                    label={words.sharing}
                    checked={sharing}
                    onChange={event => setSharing(event.currentTarget.checked)}
                  />
                </Stack>
              </Panel>
            </Stack>
          </form>
        )}
      </Stack>
    </Page>
  );
};
