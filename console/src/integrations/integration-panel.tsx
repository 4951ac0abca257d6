import { Button, Group, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { formatMinute } from '../lib/format.ts';
import { useMay } from '../lib/session.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { integrationWords as words } from '../words/integrations.ts';
import { ConnectDialog } from './connect-dialog.tsx';
import { useDisconnect } from './use-disconnect.ts';
import type { ShownIntegration } from './use-integrations.ts';
import { useTestIntegration } from './use-test-integration.ts';

const testWords = ({ lastTest }: ShownIntegration): string => {
  if (lastTest === undefined) return words.never;
  const outcome = lastTest.ok ? words.ok : `${words.notOk}: ${lastTest.reason ?? ''}`;
  return `${words.lastTest} ${formatMinute(lastTest.at)} ${outcome}`;
};

/** An outside system: how it stands, and what can be done with it. */
export const IntegrationPanel = ({ integration }: { integration: ShownIntegration }): ReactNode => {
  const { name, title, state } = integration;
  const [doing, setDoing] = useState<'connect' | 'disconnect'>();
  const test = useTestIntegration(name);
  const disconnect = useDisconnect(name);
  const mayAdmin = useMay('admin');
  const isConnected = state === 'connected';
  return (
    <Panel
      title={title}
      actions={
        <>
          <StateBadge state={state} />
          {mayAdmin && isConnected && (
            <>
              <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
                {words.test}
              </Button>
              <Button variant="default" onClick={() => setDoing('disconnect')}>
                {words.disconnect}
              </Button>
            </>
          )}
          {mayAdmin && (
            <Button variant="default" onClick={() => setDoing('connect')}>
              {isConnected ? words.change : words.configure}
            </Button>
          )}
        </>
      }
    >
      <Group gap="xs">
        <Text c="dimmed">
          {isConnected ? testWords(integration) : integration.secrets.map(({ means }) => means).join(' · ')}
        </Text>
      </Group>
      {doing === 'connect' && <ConnectDialog integration={integration} onClose={() => setDoing(undefined)} />}
      <Confirm
        title={words.disconnectTitle}
        text={words.disconnectText}
        action={words.disconnect}
        isOpen={doing === 'disconnect'}
        isBusy={disconnect.isPending}
        onConfirm={() => disconnect.mutate(undefined, { onSettled: () => setDoing(undefined) })}
        onClose={() => setDoing(undefined)}
      />
    </Panel>
  );
};
