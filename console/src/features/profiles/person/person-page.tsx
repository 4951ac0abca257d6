import { Badge, Group } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { profileName } from '../../../lib/profile-name.ts';
import { Answer } from '../../../ui/answer.tsx';
import { CopyId } from '../../../ui/copy-id.tsx';
import { Page } from '../../../ui/page.tsx';
import { Parts, usePart } from '../../../ui/parts.tsx';
import { profileWords } from '../../../words/profiles.ts';
import { AuditPart } from './audit-part.tsx';
import { ConsentBadges } from './consent-badges.tsx';
import { ConsentPart } from './consent-part.tsx';
import { IdentityPart } from './identity-part.tsx';
import { OverviewPart } from './overview-part.tsx';
import { PersonActions } from './person-actions.tsx';
import { SegmentsPart } from './segments-part.tsx';
import { TimelinePart } from './timeline-part.tsx';
import { type ShownProfile, useProfile } from './use-profile.ts';

type PartName = keyof typeof profileWords.personal;

const shownParts: Record<PartName, (profile: ShownProfile) => ReactNode> = {
  overview: profile => <OverviewPart profile={profile} />,
  timeline: profile => <TimelinePart profileId={profile.id} />,
  identity: profile => <IdentityPart profile={profile} />,
  segments: profile => <SegmentsPart profileId={profile.id} />,
  consent: profile => <ConsentPart profileId={profile.id} />,
  audit: profile => <AuditPart profileId={profile.id} />,
};
const partNames = Object.keys(shownParts) as PartName[];
const partLinks = Object.entries(profileWords.personal);

/** Everything that is known of one person. */
export const PersonPage = (): ReactNode => {
  const { profileId = '' } = useParams({ strict: false });
  const query = useProfile(profileId);
  const part = usePart(partNames, 'overview');
  const { profile, etag = null } = query.data ?? {};
  return (
    <Page
      title={profile ? profileName(profile) : profileWords.title}
      beside={
        profile && (
          <Group gap={6} wrap="nowrap">
            <CopyId id={profile.id} />
            <ConsentBadges consent={profile.consent} />
            {profile.mergedFrom && <Badge color="gray">{profileWords.mergedFrom(profile.mergedFrom.length)}</Badge>}
          </Group>
        )
      }
      actions={profile && <PersonActions profile={profile} etag={etag} />}
      parts={<Parts label={profileWords.parts} parts={partLinks} />}
    >
      <Answer query={query} lines={8}>
        {data => shownParts[part](data.profile)}
      </Answer>
    </Page>
  );
};
