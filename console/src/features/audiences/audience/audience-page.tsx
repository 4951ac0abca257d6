import { Group, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { useSegmentNames } from '../../../lib/use-segment-names.ts';
import { Answer } from '../../../ui/answer.tsx';
import { CopyId } from '../../../ui/copy-id.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Figure, Figures } from '../../../ui/figure.tsx';
import { Link } from '../../../ui/link.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { audienceWords as words } from '../../../words/audiences.ts';
import { channelWords } from '../../../words/channels.ts';
import { AudienceActions } from './audience-actions.tsx';
import { SyncTable } from './sync-table.tsx';
import { type ShownAudience, useAudience } from './use-audience.ts';
import { useSyncs } from './use-syncs.ts';

const Made = ({ audience }: { audience: ShownAudience }): ReactNode => {
  const { data: segments = [] } = useSegmentNames();
  const { webhook } = audience.config;
  return (
    <Panel title={words.settings}>
      <Stack gap={6}>
        <Group gap="sm">
          {audience.segmentIds.map(id => (
            <Link key={id} to="/segments/$segmentId" params={{ segmentId: id }}>
              {segments.find(({ value }) => value === id)?.label ?? id}
            </Link>
          ))}
        </Group>
        {webhook && (
          <Text c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {webhook.url} · {webhook.requiredConsent.map(channel => channelWords.name[channel]).join(', ')}
          </Text>
        )}
      </Stack>
    </Panel>
  );
};

/** One audience: who is there, what was sent, and how that went. */
export const AudiencePage = (): ReactNode => {
  const { audienceId = '' } = useParams({ strict: false });
  const query = useAudience(audienceId);
  const syncs = useSyncs(audienceId);
  const audience = query.data;
  return (
    <Page
      title={audience?.name ?? words.title}
      beside={audience && <CopyId id={audience.id} />}
      hint={audience?.description}
      actions={audience && <AudienceActions audience={audience} />}
    >
      <Answer query={query}>
        {shown => (
          <Stack gap="md">
            {shown.reach.length > 0 && (
              <Figures>
                {shown.reach.flatMap(({ platform, held, failed }) => [
                  <Figure key={`${platform} held`} label={`${words.reach}: ${platform}`} value={formatNumber(held)} />,
                  <Figure key={`${platform} failed`} label={words.failed} value={formatNumber(failed)} />,
                ])}
              </Figures>
            )}
            <Made audience={shown} />
            <Panel title={words.syncs} flush>
              <Answer query={syncs} lines={3}>
                {items =>
                  items.length === 0 ? (
                    <Empty title={words.noSyncs} hint={words.noSyncsHint} />
                  ) : (
                    <SyncTable audienceId={audienceId} syncs={items} />
                  )
                }
              </Answer>
            </Panel>
          </Stack>
        )}
      </Answer>
    </Page>
  );
};
