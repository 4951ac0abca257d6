import { SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Answer } from '../../../ui/answer.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { profileWords } from '../../../words/profiles.ts';
import { ConsentHistory } from './consent-history.tsx';
import { ConsentTable } from './consent-table.tsx';
import { useConsentRecord } from './use-consent-record.ts';

/** What a person consents to, and every word that was ever said. */
export const ConsentPart = ({ profileId }: { profileId: string }): ReactNode => {
  const query = useConsentRecord(profileId);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Stack gap="md">
        <Panel title={profileWords.consentNow} flush>
          <Answer query={query}>{record => <ConsentTable profileId={profileId} record={record} />}</Answer>
        </Panel>
      </Stack>
      <ConsentHistory profileId={profileId} />
    </SimpleGrid>
  );
};
