import { Loader, Group as Row, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Group } from '../../../../../core/language/condition.ts';
import { formatNumber } from '../../../lib/format.ts';
import { profileName } from '../../../lib/profile-name.ts';
import { Link } from '../../../ui/link.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { wordsOfFailure } from '../../../ui/words-of-failure.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import { isComplete } from './is-complete.ts';
import { useLiveCount } from './use-live-count.ts';

const settleMilliseconds = 120;

/** How many the rules find, while they are being edited. */
export const LiveCount = ({ rules }: { rules: Group }): ReactNode => {
  const [settled] = useDebouncedValue(rules, settleMilliseconds);
  const isReady = isComplete(settled);
  const { data, error, isFetching } = useLiveCount(settled, isReady);
  return (
    <Panel title={words.live} actions={isFetching && <Loader size={14} aria-label={words.counting} />}>
      {!isReady ? (
        <Text c="dimmed">{words.incomplete}</Text>
      ) : error ? (
        <Stack gap={2} role="status">
          <Text fw={500}>{words.notCounted}</Text>
          <Text size="xs" c="dimmed">
            {wordsOfFailure(error).details.slice(0, 3).join(' ')}
          </Text>
        </Stack>
      ) : (
        <Stack gap="xs">
          <Text fz={26} fw={600} lh={1.2} role="status" data-testid="live-count">
            {data ? words.people(formatNumber(data.total)) : words.counting}
          </Text>
          {data && data.items.length > 0 && (
            <Stack gap={2}>
              <Text size="xs" c="dimmed">
                {words.sample}
              </Text>
              {data.items.map(profile => (
                <Row key={profile.id} justify="space-between" wrap="nowrap">
                  <Link to="/profiles/$profileId" params={{ profileId: profile.id }} truncate>
                    {profileName(profile)}
                  </Link>
                  <Text size="xs" c="dimmed">
                    {profile.attributes.country}
                  </Text>
                </Row>
              ))}
            </Stack>
          )}
        </Stack>
      )}
    </Panel>
  );
};
