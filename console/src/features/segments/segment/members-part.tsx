import { Box, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Segment } from '../../../../../core/contract/segments.ts';
import { useMay } from '../../../lib/session.tsx';
import { Waiting } from '../../../ui/answer.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { segmentWords as words } from '../../../words/segments.ts';
import { AddMember } from './add-member.tsx';
import { memberColumns } from './member-columns.tsx';
import { useChangeMember } from './use-change-member.ts';
import { useMembers } from './use-members.ts';
import { useSegmentSize } from './use-segment-size.ts';

/** Who is in a segment. */
export const MembersPart = ({ segment }: { segment: Segment }): ReactNode => {
  const size = useSegmentSize(segment.id);
  const list = useMembers(segment.id, size.data?.count);
  const change = useChangeMember(segment.id);
  const isByHand = useMay('write') && segment.type === 'manual';
  if (list.isPending) return <Waiting lines={8} />;
  if (list.data === undefined) return <Failure failure={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  const remove = isByHand ? (profileId: string) => change.mutate({ profileId, isMember: false }) : undefined;
  return (
    <Stack gap="sm" h="100%">
      {isByHand && <AddMember onAdd={profileId => change.mutate({ profileId, isMember: true })} />}
      {rows.length === 0 ? (
        <Empty title={words.noMembers} hint={words.noMembersHint} />
      ) : (
        <Box flex={1} mih={240}>
          <DataTable
            label={words.parts.members}
            columns={memberColumns(remove)}
            rows={rows}
            keyOf={({ profileId }) => profileId}
            total={size.data?.count}
            onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
          />
        </Box>
      )}
    </Stack>
  );
};
