import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Answer } from '../ui/answer.tsx';
import { Empty } from '../ui/empty.tsx';
import { integrationWords } from '../words/integrations.ts';
import { IntegrationPanel } from './integration-panel.tsx';
import { useIntegrations } from './use-integrations.ts';

/** Outside systems for a purpose: connected, tested, or neither. */
export const IntegrationList = ({ purpose }: { purpose: 'destination' | 'enrichment' }): ReactNode => {
  const query = useIntegrations(purpose);
  return (
    <Answer query={query}>
      {integrations => (
        <Stack gap="sm" maw={860}>
          {integrations.length === 0 && <Empty title={integrationWords.none} />}
          {integrations.map(integration => (
            <IntegrationPanel key={integration.name} integration={integration} />
          ))}
        </Stack>
      )}
    </Answer>
  );
};
