import { Alert, Anchor, Stack, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { Figure, Figures } from '../../../ui/figure.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { eventWords } from '../../../words/events.ts';
import type { ImportTold } from './use-run-import.ts';

const words = eventWords.import;

const sayingOf = ({ status, dryRun }: ImportTold): string => {
  if (status !== 'completed') return words.failed;
  return dryRun ? words.tried : words.imported;
};

/** What an import has come to, or would: every row that was read is in one of its counts. */
export const ImportResult = ({ told }: { told: ImportTold }): ReactNode => {
  const { status, counts, errors, errorFile, error } = told;
  return (
    <Stack gap="sm">
      <Alert color={status === 'completed' ? 'teal' : 'red'} title={sayingOf(told)} role="status">
        {error}
      </Alert>
      <Figures>
        <Figure label={words.read} value={formatNumber(counts.read)} />
        <Figure label={words.accepted} value={formatNumber(counts.accepted)} />
        <Figure label={words.duplicates} value={formatNumber(counts.duplicates)} />
        <Figure label={words.rejected} value={formatNumber(counts.rejected)} />
        <Figure label={words.warnings} value={formatNumber(counts.warnings)} />
      </Figures>
      {errors.length > 0 && (
        <Panel
          title={words.errors}
          flush
          actions={errorFile && <Anchor href={errorFile.url}>{words.errorFile}</Anchor>}
        >
          <Table horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.row}</Table.Th>
                <Table.Th>{words.path}</Table.Th>
                <Table.Th>{words.reason}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {errors.map(({ row, path, reason }) => (
                <Table.Tr key={`${row} ${path} ${reason}`}>
                  <Table.Td>{formatNumber(row)}</Table.Td>
                  <Table.Td>{path}</Table.Td>
                  <Table.Td>{reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      )}
    </Stack>
  );
};
