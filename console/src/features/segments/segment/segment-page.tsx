import { Badge, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Segment } from '../../../../../core/contract/segments.ts';
import { formatClock, formatNumber } from '../../../lib/format.ts';
import { Answer } from '../../../ui/answer.tsx';
import { Page } from '../../../ui/page.tsx';
import { Parts, usePart } from '../../../ui/parts.tsx';
import { commonWords } from '../../../words/common.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import { ExplainPart } from './explain-part.tsx';
import { MembersPart } from './members-part.tsx';
import { RulesPart } from './rules-part.tsx';
import { SegmentActions } from './segment-actions.tsx';
import { useSegment } from './use-segment.ts';
import { useSegmentSize } from './use-segment-size.ts';
import { UsesPart } from './uses-part.tsx';

type PartName = keyof typeof words.parts;
const partNames = Object.keys(words.parts) as PartName[];
const partLinks = Object.entries(words.parts);

const SegmentPart = ({ part, segment, etag }: { part: PartName; segment: Segment; etag: string | null }): ReactNode => {
  if (part === 'rules') return <RulesPart key={segment.version} segment={segment} etag={etag} />;
  if (part === 'explain') return <ExplainPart segmentId={segment.id} />;
  if (part === 'uses') return <UsesPart segmentId={segment.id} />;
  return <MembersPart segment={segment} />;
};

/** One segment: its members, its rules, why somebody is in it, and what uses it. */
export const SegmentPage = (): ReactNode => {
  const { segmentId = '' } = useParams({ strict: false });
  const query = useSegment(segmentId);
  const size = useSegmentSize(segmentId);
  const part = usePart(partNames, 'members');
  const segment = query.data?.segment;
  return (
    <Page
      title={segment?.name ?? words.title}
      beside={
        segment && (
          <>
            <Badge color="gray">{words.types[segment.type]}</Badge>
            {size.data && (
              <Text c="dimmed" role="status">
                {words.people(formatNumber(size.data.count))} ·{' '}
                {size.data.stale ? words.stale : commonWords.asOf(formatClock(size.data.asOf))}
              </Text>
            )}
          </>
        )
      }
      hint={segment?.description}
      actions={segment && <SegmentActions segment={segment} />}
      parts={<Parts label={words.partsLabel} parts={partLinks} />}
    >
      <Answer query={query} lines={8}>
        {data => <SegmentPart part={part} segment={data.segment} etag={data.etag} />}
      </Answer>
    </Page>
  );
};
