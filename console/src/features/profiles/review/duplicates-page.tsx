import { SegmentedControl, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PairStatus } from '../../../../../core/model/profile-pair.ts';
import { Answer } from '../../../ui/answer.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Link } from '../../../ui/link.tsx';
import { Page } from '../../../ui/page.tsx';
import { profileWords } from '../../../words/profiles.ts';
import { PairList } from './pair-list.tsx';
import { usePairs } from './use-pairs.ts';

const words = profileWords.queue;

/** Pairs that may be one person, and what was decided of others. */
export const DuplicatesPage = (): ReactNode => {
  const { status = 'open' } = useSearch({ strict: false }) as { status?: PairStatus };
  const navigate = useNavigate();
  const query = usePairs(status);
  return (
    <Page
      title={words.title}
      beside={<Text c="dimmed">{query.data?.length}</Text>}
      hint={words.hint}
      actions={
        <>
          <Link to="/profiles">{profileWords.title}</Link>
          <SegmentedControl
            aria-label={profileWords.state}
            value={status}
            data={Object.entries(words.statuses).map(([value, label]) => ({ value, label }))}
            onChange={value => void navigate({ to: '/profiles/duplicates', search: { status: value } })}
          />
        </>
      }
    >
      <Answer query={query}>
        {pairs =>
          pairs.length === 0 ? <Empty title={words.none} hint={words.noneHint} /> : <PairList pairs={pairs} />
        }
      </Answer>
    </Page>
  );
};
