import { Box, Button, Group, Stack, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../lib/session.tsx';
import { useLaterHere } from '../../lib/use-later-here.ts';
import { Waiting } from '../../ui/answer.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { privacyWords } from '../../words/privacy.ts';
import { auditColumns } from './audit-columns.tsx';
import { ChainCheck } from './chain-check.tsx';
import { type AuditFilter, useAudit } from './use-audit.ts';

const words = privacyWords.audit;
const filterNames = ['actor', 'action', 'subject'] as const;
const settleMilliseconds = 250;

const AuditList = ({ filter }: { filter: AuditFilter }): ReactNode => {
  const list = useAudit(filter);
  if (list.isPending) return <Waiting lines={8} />;
  if (list.data === undefined) return <Failure failure={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  const more = list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined;
  if (rows.length === 0 && more === undefined) return <Empty title={words.none} hint={words.noneHint} />;
  if (rows.length === 0) return <Button onClick={more}>{words.more}</Button>;
  return (
    <Box flex={1} mih={240}>
      <DataTable
        label={privacyWords.parts.audit}
        columns={auditColumns}
        rows={rows}
        keyOf={({ id }) => id}
        onEnd={more}
      />
    </Box>
  );
};

/** Who read and changed what; and whether anybody has changed this log. */
export const AuditPart = (): ReactNode => {
  const search = useSearch({ strict: false }) as AuditFilter;
  const navigate = useNavigate();
  const [typed, setTyped] = useState<AuditFilter>(search);
  const ask = useLaterHere((filter: AuditFilter) => {
    const search = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
    void navigate({ to: '/privacy', search: { part: 'audit', ...search }, replace: true });
  }, settleMilliseconds);
  if (!useMay('privacy')) return <Empty title={words.needs} />;
  return (
    <Stack gap="sm" h="100%">
      <Group gap="xs" align="flex-end">
        {filterNames.map(name => (
          <TextInput
            key={name}
            label={words[name]}
            value={String(typed[name] ?? '')}
            onChange={({ currentTarget: { value } }) => {
              const next = { ...typed, [name]: value.trim() };
              setTyped(next);
              ask(next);
            }}
          />
        ))}
        <ChainCheck />
      </Group>
      <AuditList filter={search} />
    </Stack>
  );
};
