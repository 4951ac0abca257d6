import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { FindProfile } from '../../../ui/find-profile.tsx';
import { segmentWords } from '../../../words/segments.ts';

/** Finds somebody, and puts them into the segment. */
export const AddMember = ({ onAdd }: { onAdd: (profileId: string) => void }): ReactNode => (
  <Box maw={380}>
    <FindProfile label={segmentWords.addMembers} onFound={id => id !== undefined && onAdd(id)} />
  </Box>
);
