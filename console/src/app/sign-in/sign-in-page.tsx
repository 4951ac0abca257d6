import '../../ui/mantine-parts.ts';
import { Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Settings } from '../../lib/settings.ts';
import { shellWords } from '../../words/shell.ts';
import { goToIssuer } from './oidc.ts';

interface SignInPageProps {
  settings: Settings | undefined;
  reason: string;
  onKey: (key: string) => void;
}

const words = shellWords.signIn;

const KeyForm = ({ onKey }: Pick<SignInPageProps, 'onKey'>): ReactNode => {
  const [key, setKey] = useState('');
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    onKey(key.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <PasswordInput
          label={words.key}
          autoComplete="off"
          size="sm"
          value={key}
          onChange={event => setKey(event.currentTarget.value)}
          required
        />
        <Button type="submit" size="sm" variant="default">
          {words.title}
        </Button>
      </Stack>
    </form>
  );
};

/** The way in: an account where the deployment has one, an API key everywhere. */
const SignInPage = ({ settings, reason, onKey }: SignInPageProps): ReactNode => {
  const auth = settings?.auth;
  return (
    <Center mih="100vh" component="main">
      <Paper withBorder p="xl" w={380} radius="md">
        <Stack gap="md">
          <Stack gap={2}>
            <Text c="dimmed" size="xs">
              {shellWords.product}
            </Text>
            <Title order={1}>{words.title}</Title>
          </Stack>
          <Text role="status">{reason}</Text>
          {auth?.kind === 'oidc' && (
            <Button size="sm" onClick={() => void goToIssuer(auth)}>
              {words.withAccount}
            </Button>
          )}
          <KeyForm onKey={onKey} />
        </Stack>
      </Paper>
    </Center>
  );
};

export default SignInPage;
