import { Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatMoney, formatNumber } from '../../../lib/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { profileWords } from '../../../words/profiles.ts';
import type { ShownProfile } from './use-profile.ts';

const words = profileWords.scores;

const Score = ({ name, value }: { name: string; value: number | undefined }): ReactNode =>
  value === undefined ? null : (
    <Group gap="sm" wrap="nowrap">
      <Text w={150} c="dimmed">
        {name}
      </Text>
      <Progress value={value} size={6} flex={1} aria-label={name} />
      <Text w={32} ta="right">
        {formatNumber(Math.round(value))}
      </Text>
    </Group>
  );

/** What is foreseen of somebody, from 0 to 100. */
export const Scores = ({ profile }: { profile: ShownProfile }): ReactNode => {
  const { churnRisk, engagementScore, purchasePropensity, ltv12m } = profile.computed;
  return (
    <Panel title={profileWords.scoresTitle}>
      <Stack gap={8}>
        <Score name={words.churnRisk} value={churnRisk} />
        <Score name={words.engagementScore} value={engagementScore} />
        <Score name={words.purchasePropensity} value={purchasePropensity} />
        {ltv12m !== undefined && (
          <Group justify="space-between">
            <Text c="dimmed">{words.ltv12m}</Text>
            <Text>{formatMoney(ltv12m)}</Text>
          </Group>
        )}
      </Stack>
    </Panel>
  );
};
