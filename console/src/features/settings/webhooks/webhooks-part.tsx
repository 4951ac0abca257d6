import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { Answer } from '../../../ui/answer.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { SecretOnce } from '../../../ui/secret-once.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { NewWebhookDialog } from './new-webhook-dialog.tsx';
import { useWebhooks } from './use-webhooks.ts';
import { WebhookPanel } from './webhook-panel.tsx';

const words = settingsWords.webhooks;

/** Whose systems are told what, and what became of each message. */
export const WebhooksPart = (): ReactNode => {
  const query = useWebhooks();
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text c="dimmed">{words.hint}</Text>
        <Button leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
          {words.create}
        </Button>
      </Group>
      {secret && <SecretOnce title={words.secretTitle} secret={secret} />}
      <Answer query={query}>
        {webhooks =>
          webhooks.length === 0 ? (
            <Empty title={words.none} />
          ) : (
            <Stack gap="sm">
              {webhooks.map(webhook => (
                <WebhookPanel key={webhook.id} webhook={webhook} />
              ))}
            </Stack>
          )
        }
      </Answer>
      {isMaking && <NewWebhookDialog onMade={setSecret} onClose={() => setMaking(false)} />}
    </Stack>
  );
};
