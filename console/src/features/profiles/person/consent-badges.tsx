import { Badge, Group } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Consent, consentChannels } from '../../../../../core/model/profile.ts';
import { channelWords } from '../../../words/channels.ts';

/** What somebody has said yes or no to; what was never asked is not shown. */
export const ConsentBadges = ({ consent }: { consent: Consent }): ReactNode => (
  <Group gap={4} wrap="nowrap">
    {consentChannels.map(channel => {
      const granted = consent[channel];
      if (granted === undefined) return null;
      const Icon = granted ? IconCheck : IconX;
      return (
        <Badge key={channel} color={granted ? 'teal' : 'red'} leftSection={<Icon size={11} aria-hidden />}>
          {channelWords.name[channel]}{' '}
          <span className="visually-hidden">{granted ? channelWords.yes : channelWords.no}</span>
        </Badge>
      );
    })}
  </Group>
);
