import { Box, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatNumber } from '../../lib/format.ts';
import { useMay } from '../../lib/session.tsx';
import { useSegmentNames } from '../../lib/use-segment-names.ts';
import { Answer } from '../../ui/answer.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { audienceWords as words } from '../../words/audiences.ts';
import { audienceColumns } from './list/columns.tsx';
import { useAudiences } from './list/use-audiences.ts';

/** Every audience. */
export const AudiencesPage = (): ReactNode => {
  const query = useAudiences();
  const { data: segments = [] } = useSegmentNames();
  const mayWrite = useMay('write');
  const nameOf = (id: string): string => segments.find(({ value }) => value === id)?.label ?? id;
  return (
    <Page
      title={words.title}
      beside={<Text c="dimmed">{formatNumber(query.data?.total ?? query.data?.items.length)}</Text>}
      hint={words.hint}
      actions={
        mayWrite && (
          <ButtonLink to="/audiences/new" leftSection={<IconPlus size={14} />}>
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
            <Box h="100%">
              <DataTable
                label={words.title}
                columns={audienceColumns(nameOf)}
                rows={items}
                keyOf={({ id }) => id}
                total={items.length}
              />
            </Box>
          )
        }
      </Answer>
    </Page>
  );
};
