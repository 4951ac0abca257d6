import { Box, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatNumber } from '../../lib/format.ts';
import { useMay } from '../../lib/session.tsx';
import { Answer } from '../../ui/answer.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { segmentWords as words } from '../../words/segments.ts';
import { segmentColumns } from './list/columns.tsx';
import { useSegments } from './list/use-segments.ts';

/** Every segment. */
export const SegmentsPage = (): ReactNode => {
  const query = useSegments();
  const [sought, setSought] = useState('');
  const mayWrite = useMay('write');
  const nameOf = (id: string): string => query.data?.items.find(segment => segment.id === id)?.name ?? id;
  return (
    <Page
      title={words.title}
      beside={<Text c="dimmed">{formatNumber(query.data?.total ?? query.data?.items.length)}</Text>}
      hint={words.hint}
      actions={
        mayWrite && (
          <ButtonLink to="/segments/new" leftSection={<IconPlus size={14} />}>
            {words.create}
          </ButtonLink>
        )
      }
    >
      <Answer query={query} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.none} hint={words.noneHint} />
          ) : (
            <Stack gap="sm" h="100%">
              <TextInput
                aria-label={words.find}
                placeholder={words.find}
                leftSection={<IconSearch size={15} />}
                maw={320}
                value={sought}
                onChange={event => setSought(event.currentTarget.value)}
              />
              <Box flex={1} mih={200}>
                <DataTable
                  label={words.title}
                  columns={segmentColumns(nameOf)}
                  rows={items.filter(({ name }) => name.toLowerCase().includes(sought.toLowerCase()))}
                  keyOf={({ id }) => id}
                />
              </Box>
            </Stack>
          )
        }
      </Answer>
    </Page>
  );
};
