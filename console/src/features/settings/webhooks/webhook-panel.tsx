import { Button, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Confirm } from '../../../ui/confirm.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { commonWords } from '../../../words/common.ts';
import { settingsWords } from '../../../words/settings.ts';
import { DeliveryTable } from './delivery-table.tsx';
import { useChangeWebhook } from './use-change-webhook.ts';
import { useDeleteWebhook } from './use-delete-webhook.ts';
import { useTestWebhook } from './use-test-webhook.ts';
import type { ShownWebhook } from './use-webhooks.ts';

const words = settingsWords.webhooks;

/** One webhook: what it is told, whether it takes it, and its deliveries. */
export const WebhookPanel = ({ webhook }: { webhook: ShownWebhook }): ReactNode => {
  const { id, url, events, active, disabled } = webhook;
  const [showing, setShowing] = useState<'deliveries' | 'delete'>();
  const test = useTestWebhook(id);
  const change = useChangeWebhook(id);
  const remove = useDeleteWebhook(id);
  return (
    <Panel
      title={url}
      actions={
        <>
          <StateBadge state={active ? settingsWords.keys.active : words.paused} />
          <Button variant="default" size="compact-xs" loading={test.isPending} onClick={() => test.mutate()}>
            {words.test}
          </Button>
          <Button variant="default" size="compact-xs" onClick={() => change.mutate(!active)}>
            {active ? words.pause : words.goOn}
          </Button>
          <Button
            variant="default"
            size="compact-xs"
            aria-expanded={showing === 'deliveries'}
            onClick={() => setShowing(now => (now === 'deliveries' ? undefined : 'deliveries'))}
          >
            {words.deliveries}
          </Button>
          <Button variant="default" size="compact-xs" onClick={() => setShowing('delete')}>
            {commonWords.delete}
          </Button>
        </>
      }
    >
      <Stack gap="xs">
        <Text c="dimmed">{events.join(', ')}</Text>
        {disabled && <Text c="var(--mantine-color-error)">{disabled.reason}</Text>}
        {showing === 'deliveries' && <DeliveryTable webhookId={id} />}
      </Stack>
      <Confirm
        title={words.deleteTitle}
        text={words.deleteText}
        action={commonWords.delete}
        isOpen={showing === 'delete'}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSettled: () => setShowing(undefined) })}
        onClose={() => setShowing(undefined)}
      />
    </Panel>
  );
};
