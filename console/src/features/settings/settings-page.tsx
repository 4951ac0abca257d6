import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { IntegrationList } from '../../integrations/integration-list.tsx';
import { useMay } from '../../lib/session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { Parts, usePart } from '../../ui/parts.tsx';
import { settingsWords as words } from '../../words/settings.ts';
import { GovernancePart } from './governance/governance-part.tsx';
import { IdentityPart } from './identity/identity-part.tsx';
import { KeysPart } from './keys/keys-part.tsx';
import { PipelinePart } from './pipeline/pipeline-part.tsx';
import { SourcesPart } from './sources/sources-part.tsx';
import { UsersPart } from './users/users-part.tsx';
import { WebhooksPart } from './webhooks/webhooks-part.tsx';

type PartName = keyof typeof words.parts;
const partNames = Object.keys(words.parts) as PartName[];
const partLinks = Object.entries(words.parts);
const forAdmins: readonly PartName[] = ['keys', 'users', 'webhooks'];

const Integrations = (): ReactNode => (
  <Stack gap="sm">
    <Text c="dimmed">{words.integrationsHint}</Text>
    <IntegrationList purpose="destination" />
  </Stack>
);

const shownParts: Record<PartName, () => ReactNode> = {
  integrations: () => <Integrations />,
  sources: () => <SourcesPart />,
  keys: () => <KeysPart />,
  users: () => <UsersPart />,
  governance: () => <GovernancePart />,
  webhooks: () => <WebhooksPart />,
  identity: () => <IdentityPart />,
  pipeline: () => <PipelinePart />,
};

/** What the platform is connected with, who may use it, and how it fares. */
export const SettingsPage = (): ReactNode => {
  const part = usePart(partNames, 'integrations');
  const mayAdmin = useMay('admin');
  return (
    <Page title={words.title} parts={<Parts label={words.partsLabel} parts={partLinks} />}>
      {forAdmins.includes(part) && !mayAdmin ? <Empty title={words.needsAdmin} /> : shownParts[part]()}
    </Page>
  );
};
