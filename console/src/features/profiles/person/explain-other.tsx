import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSegmentNames } from '../../../lib/use-segment-names.ts';
import { profileWords } from '../../../words/profiles.ts';

/** Chooses a segment to be explained, also one that the person is not in. */
export const ExplainOther = ({ onChosen }: { onChosen: (segmentId: string) => void }): ReactNode => {
  const { data = [] } = useSegmentNames();
  return (
    <Select
      aria-label={profileWords.explainOther}
      placeholder={profileWords.explainOther}
      w={280}
      searchable
      data={data}
      value={null}
      onChange={id => id !== null && onChosen(id)}
    />
  );
};
