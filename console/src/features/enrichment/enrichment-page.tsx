import type { ReactNode } from 'react';
import { IntegrationList } from '../../integrations/integration-list.tsx';
import { Page } from '../../ui/page.tsx';
import { integrationWords } from '../../words/integrations.ts';

/** Providers that can tell more about people. */
export const EnrichmentPage = (): ReactNode => (
  <Page title={integrationWords.enrichment} hint={integrationWords.enrichmentHint}>
    <IntegrationList purpose="enrichment" />
  </Page>
);
