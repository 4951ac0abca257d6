import { SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatDay, formatMoney, formatNumber } from '../../../lib/format.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Figure, Figures } from '../../../ui/figure.tsx';
import { commonWords } from '../../../words/common.ts';
import { profileWords } from '../../../words/profiles.ts';
import { GoldenRecord } from './golden-record.tsx';
import { Scores } from './scores.tsx';
import { TimelinePart } from './timeline-part.tsx';
import type { ShownProfile } from './use-profile.ts';

const words = profileWords.kpis;

/** The golden record beside what happened last. */
export const OverviewPart = ({ profile }: { profile: ShownProfile }): ReactNode => {
  const { ltv, purchaseCount, aov, lastPurchaseDate, firstSeenDate, lastSeenDate } = profile.computed;
  return (
    <Stack gap="md">
      <Figures>
        <Figure label={words.ltv} value={formatMoney(ltv)} />
        <Figure label={words.purchases} value={formatNumber(purchaseCount)} />
        <Figure label={words.aov} value={formatMoney(aov)} />
        <Figure
          label={words.lastPurchase}
          value={lastPurchaseDate ? <Ago at={lastPurchaseDate} /> : commonWords.none}
        />
        <Figure label={words.firstSeen} value={formatDay(firstSeenDate)} />
        <Figure label={words.lastSeen} value={<Ago at={lastSeenDate} />} />
      </Figures>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Stack gap="md">
          <GoldenRecord profile={profile} />
          <Scores profile={profile} />
        </Stack>
        <TimelinePart profileId={profile.id} />
      </SimpleGrid>
    </Stack>
  );
};
