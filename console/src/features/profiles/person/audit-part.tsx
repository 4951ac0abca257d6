import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatMoment } from '../../../lib/format.ts';
import { useMay } from '../../../lib/session.tsx';
import { Answer } from '../../../ui/answer.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { auditWords } from '../../../words/audit.ts';
import { profileWords } from '../../../words/profiles.ts';
import { useAuditOf } from './use-audit-of.ts';

const AuditTable = ({ profileId }: { profileId: string }): ReactNode => {
  const query = useAuditOf(profileId);
  return (
    <Panel title={profileWords.auditTitle} flush>
      <Answer query={query}>
        {entries =>
          entries.length === 0 ? (
            <Empty title={profileWords.noAudit} />
          ) : (
            <Table horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{auditWords.when}</Table.Th>
                  <Table.Th>{auditWords.who}</Table.Th>
                  <Table.Th>{auditWords.what}</Table.Th>
                  <Table.Th>{auditWords.classes}</Table.Th>
                  <Table.Th>{auditWords.outcome}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {entries.map(({ id, at, actor, action, fieldClasses, outcome }) => (
                  <Table.Tr key={id}>
                    <Table.Td>{formatMoment(at)}</Table.Td>
                    <Table.Td>{actor}</Table.Td>
                    <Table.Td>{action}</Table.Td>
                    <Table.Td>
                      <Text size="xs" c="dimmed">
                        {fieldClasses.join(', ')}
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      <StateBadge state={outcome} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Answer>
    </Panel>
  );
};

/** Who read and changed what about a person, for those who may know. */
export const AuditPart = ({ profileId }: { profileId: string }): ReactNode =>
  useMay('privacy') ? <AuditTable profileId={profileId} /> : <Empty title={profileWords.needsPrivacy} />;
