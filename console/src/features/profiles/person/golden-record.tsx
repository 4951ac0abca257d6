import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AttributeName } from '../../../../../core/model/profile.ts';
import { formatValue } from '../../../lib/format.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { profileWords } from '../../../words/profiles.ts';
import type { ShownProfile } from './use-profile.ts';
import { type Provenance, useProvenance } from './use-provenance.ts';

interface RecordLine {
  path: string;
  name: string;
  value: unknown;
}

const namesOf = profileWords.attributes;

/** What is known, in the order in which people read it; fields that nobody filled are left out. */
const linesOf = ({ attributes }: ShownProfile): RecordLine[] => {
  const { tags, customFields, ...named } = attributes;
  const known = Object.entries(namesOf).map(([key, name]) => ({
    path: `attributes.${key}`,
    name,
    value: named[key as AttributeName],
  }));
  const custom = Object.entries(customFields ?? {}).map(([key, value]) => ({
    path: `attributes.customFields.${key}`,
    name: key,
    value,
  }));
  const all = [...known, { path: 'attributes.tags', name: profileWords.tags, value: tags }, ...custom];
  return all.filter(({ value }) => value !== undefined && value !== null && String(value) !== '');
};

const Told = ({ by }: { by: Provenance | undefined }): ReactNode =>
  by && (
    <Text size="xs" c="dimmed" title={by.actor}>
      {by.source} · <Ago at={by.saidAt} />
    </Text>
  );

/** One value for each field, and who told it. */
export const GoldenRecord = ({ profile }: { profile: ShownProfile }): ReactNode => {
  const { data: provenance } = useProvenance(profile.id);
  return (
    <Panel title={profileWords.recordTitle} flush>
      <Table horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{profileWords.field}</Table.Th>
            <Table.Th>{profileWords.fieldValue}</Table.Th>
            <Table.Th>{profileWords.provenance}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {linesOf(profile).map(({ path, name, value }) => (
            <Table.Tr key={path}>
              <Table.Td>
                <Text c="dimmed">{name}</Text>
              </Table.Td>
              <Table.Td maw={260} style={{ overflowWrap: 'anywhere' }}>
                <Text lineClamp={3}>{formatValue(value)}</Text>
              </Table.Td>
              <Table.Td>
                <Told by={provenance?.get(path)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
};
