import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatMinute, formatNumber } from '../../lib/format.ts';
import { Answer } from '../../ui/answer.tsx';
import { commonWords } from '../../words/common.ts';
import { privacyWords as words } from '../../words/privacy.ts';
import { ChannelTable } from './channel-table.tsx';
import { CountryTable } from './country-table.tsx';
import { TrendTable } from './trend-table.tsx';
import { useConsentSummary } from './use-consent-summary.ts';

/** How many people consent to what: by channel, by country, by month. */
export const ConsentPart = (): ReactNode => {
  const query = useConsentSummary();
  return (
    <Answer query={query}>
      {({ result, asOf }) => (
        <Stack gap="md">
          <Text c="dimmed" role="status">
            {words.people(formatNumber(result.profiles))}
            {asOf && ` · ${commonWords.asOf(formatMinute(asOf))}`}
          </Text>
          <ChannelTable channels={result.channels} />
          <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
            <CountryTable countries={result.countries} />
            <TrendTable trend={result.trend} />
          </SimpleGrid>
        </Stack>
      )}
    </Answer>
  );
};
