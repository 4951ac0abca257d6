import { Radio, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AttributeName, Profile } from '../../../../../core/model/profile.ts';
import { formatDay, formatMoney, formatNumber, formatValue } from '../../../lib/format.ts';
import { profileName } from '../../../lib/profile-name.ts';
import { Link } from '../../../ui/link.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { profileWords } from '../../../words/profiles.ts';
import styles from './pair-list.module.css';

interface SideBySideProps {
  profiles: readonly [Profile, Profile];
  /** Whose profile goes on. */
  survivor: string;
  onSurvivor: (id: string) => void;
}

type Line = [name: string, of: (profile: Profile) => string];

const attributes = Object.entries(profileWords.attributes).map(
  ([key, name]): Line => [name, profile => formatValue(profile.attributes[key as AttributeName])],
);
const lines: Line[] = [
  ...attributes,
  ['customerId', ({ externalIds }) => formatValue(externalIds.customerId)],
  [profileWords.kpis.ltv, ({ computed }) => formatMoney(computed.ltv)],
  [profileWords.kpis.purchases, ({ computed }) => formatNumber(computed.purchaseCount)],
  [profileWords.kpis.firstSeen, ({ computed }) => formatDay(computed.firstSeenDate)],
];
const nothing = formatValue(undefined);

/** Two profiles in columns; what differs stands out. */
export const SideBySide = ({ profiles, survivor, onSurvivor }: SideBySideProps): ReactNode => (
  <Panel flush>
    <Table horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={150}>{profileWords.field}</Table.Th>
          {profiles.map(profile => (
            <Table.Th key={profile.id}>
              <Link to="/profiles/$profileId" params={{ profileId: profile.id }}>
                {profileName(profile)}
              </Link>
              <Radio
                mt={4}
                size="xs"
                name="survivor"
                label={profileWords.queue.keep}
                checked={survivor === profile.id}
                onChange={() => onSurvivor(profile.id)}
              />
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(([name, of]) => {
          const [one, other] = profiles.map(of);
          if (one === nothing && other === nothing) return null;
          return (
            <Table.Tr key={name} className={one === other ? (styles.same ?? '') : (styles.differs ?? '')}>
              <Table.Td fw={400}>{name}</Table.Td>
              <Table.Td>{one}</Table.Td>
              <Table.Td>{other}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  </Panel>
);
