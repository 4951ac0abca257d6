import { SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { profileName } from '../../../lib/profile-name.ts';
import { Answer } from '../../../ui/answer.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { profileWords as words } from '../../../words/profiles.ts';
import { Alike } from './alike.tsx';
import { Identifiers } from './identifiers.tsx';
import { IdentityGraph } from './identity-graph.tsx';
import { ProfileMerges } from './profile-merges.tsx';
import { useIdentities } from './use-identities.ts';
import type { ShownProfile } from './use-profile.ts';

/** What leads to a person, what was merged, and who may be the same. */
export const IdentityPart = ({ profile }: { profile: ShownProfile }): ReactNode => {
  const identities = useIdentities(profile.id);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Panel title={words.identifiers} flush>
        <Answer query={identities}>{items => <Identifiers profileId={profile.id} identities={items} />}</Answer>
      </Panel>
      <Stack gap="md">
        <Panel title={words.graph}>
          <Answer query={identities}>
            {items => (
              <IdentityGraph name={profileName(profile)} identities={items} merged={profile.mergedFrom ?? []} />
            )}
          </Answer>
        </Panel>
        <ProfileMerges profileId={profile.id} />
        <Alike profileId={profile.id} />
      </Stack>
    </SimpleGrid>
  );
};
