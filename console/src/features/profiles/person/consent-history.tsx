import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatMinute } from '../../../lib/format.ts';
import { Answer } from '../../../ui/answer.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { channelWords } from '../../../words/channels.ts';
import { profileWords } from '../../../words/profiles.ts';
import { useConsentHistory } from './use-consent-history.ts';

const nameOf = (channel: string): string => (channelWords.name as Record<string, string>)[channel] ?? channel;

/** Every version of somebody's consents. */
export const ConsentHistory = ({ profileId }: { profileId: string }): ReactNode => {
  const query = useConsentHistory(profileId);
  return (
    <Panel title={profileWords.consentHistory}>
      <Answer query={query}>
        {versions => (
          <Stack gap="xs">
            {versions.length === 0 && <Text c="dimmed">{profileWords.noConsent}</Text>}
            {versions.map(({ at, source, changes }, place) => (
              <Group key={`${at}-${String(place)}`} justify="space-between" wrap="nowrap" align="flex-start">
                <Text>
                  {Object.entries(changes)
                    .map(([channel, state]) => `${nameOf(channel)} ${state}`)
                    .join(', ')}
                </Text>
                <Text size="xs" c="dimmed" ta="right">
                  {formatMinute(at)}
                  <br />
                  {source}
                </Text>
              </Group>
            ))}
          </Stack>
        )}
      </Answer>
    </Panel>
  );
};
