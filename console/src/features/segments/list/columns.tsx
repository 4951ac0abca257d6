import { Badge, Text } from '@mantine/core';
import { formatNumber } from '../../../lib/format.ts';
import { Ago } from '../../../ui/ago.tsx';
import type { Column } from '../../../ui/column.ts';
import { Link } from '../../../ui/link.tsx';
import { segmentWords } from '../../../words/segments.ts';
import { groupOfRules } from '../builder/group-of-rules.ts';
import { inPlainWords } from '../builder/in-plain-words.ts';
import type { ListedSegment } from './use-segments.ts';

const words = segmentWords.columns;

/** The columns of the list; rules are told with the names of other segments. */
export const segmentColumns = (nameOf: (id: string) => string): Column<ListedSegment>[] => [
  {
    name: 'name',
    title: words.name,
    width: '26%',
    cell: ({ id, name }) => (
      <Link to="/segments/$segmentId" params={{ segmentId: id }} fw={500} c="inherit">
        {name}
      </Link>
    ),
  },
  {
    name: 'type',
    title: words.type,
    width: '110px',
    cell: ({ type }) => <Badge color="gray">{segmentWords.types[type]}</Badge>,
  },
  {
    name: 'members',
    title: words.members,
    width: '100px',
    isNumber: true,
    cell: ({ memberCount, countAsOf }) => <span title={countAsOf}>{formatNumber(memberCount)}</span>,
  },
  {
    name: 'rules',
    title: words.rules,
    cell: ({ rules }) =>
      rules && (
        <Text c="dimmed" truncate>
          {inPlainWords(groupOfRules(rules), nameOf)}
        </Text>
      ),
  },
  { name: 'changed', title: words.changed, width: '120px', cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
];
