import { Button, Group, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type IntegrationKind, integrationCatalogue } from '../../../core/model/integration-catalogue.ts';
import { Failure } from '../ui/failure.tsx';
import { noticeDone } from '../ui/notices.tsx';
import { commonWords } from '../words/common.ts';
import { integrationWords as words } from '../words/integrations.ts';
import { useConfigure } from './use-configure.ts';
import type { ShownIntegration } from './use-integrations.ts';

interface ConnectDialogProps {
  integration: ShownIntegration;
  onClose: () => void;
}

type Texts = Readonly<Record<string, string>>;
const filled = (texts: Texts): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

/** Asks for what an outside system must be told of us; secrets that are there are not shown. */
export const ConnectDialog = ({ integration, onClose }: ConnectDialogProps): ReactNode => {
  const [settings, setSettings] = useState<Texts>(integration.settings);
  const [secrets, setSecrets] = useState<Texts>({});
  const configure = useConfigure(integration.name);
  const kind: IntegrationKind = integrationCatalogue[integration.name];
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    configure.mutate(
      { settings: filled(settings), secrets: filled(secrets) },
      {
        onSuccess: () => {
          noticeDone(words.saved);
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={words.configureTitle(integration.title)}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {Object.entries(kind.settings).map(([name, { means }]) => (
            <TextInput
              key={name}
              label={means}
              value={settings[name] ?? ''}
              onChange={event => setSettings({ ...settings, [name]: event.currentTarget.value })}
            />
          ))}
          {integration.secrets.map(({ name, means, setAt }) => (
            <PasswordInput
              key={name}
              label={means}
              placeholder={setAt === undefined ? '' : words.secretSet}
              autoComplete="off"
              value={secrets[name] ?? ''}
              onChange={event => setSecrets({ ...secrets, [name]: event.currentTarget.value })}
            />
          ))}
          {configure.isError && <Failure failure={configure.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {commonWords.cancel}
            </Button>
            <Button type="submit" loading={configure.isPending}>
              {commonWords.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
