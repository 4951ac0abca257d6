import { UnstyledButton } from '@mantine/core';
import type { listEvents } from '../../../../core/contract/events-read.ts';
import type { RouteResult } from '../../../../core/contract/route.ts';
import { formatMoment } from '../../lib/format.ts';
import type { Column } from '../../ui/column.ts';
import { Link } from '../../ui/link.tsx';
import { eventWords } from '../../words/events.ts';
import { saidInShort } from './said-in-short.ts';

export type ShownEvent = RouteResult<typeof listEvents>['items'][number];
const words = eventWords.columns;
const tailLength = 12;

/** The columns of a list of events; a press on the type opens the event. */
export const eventColumns = (open: (id: string) => void): Column<ShownEvent>[] => [
  { name: 'time', title: words.happened, width: '200px', cell: ({ timestamp }) => formatMoment(timestamp) },
  {
    name: 'type',
    title: words.type,
    width: '170px',
    cell: ({ id, type }) => (
      <UnstyledButton fz="sm" fw={500} onClick={() => open(id)}>
        {type}
      </UnstyledButton>
    ),
  },
  {
    name: 'profile',
    title: words.profile,
    width: '140px',
    cell: ({ profileId }) => (
      <Link to="/profiles/$profileId" params={{ profileId }} title={profileId}>
        …{profileId.slice(-tailLength)}
      </Link>
    ),
  },
  { name: 'source', title: words.source, width: '110px', cell: ({ source }) => source },
  { name: 'said', title: words.said, cell: ({ properties }) => saidInShort(properties) },
];
