import type { Audience } from '../../../../../core/contract/audiences.ts';
import { Ago } from '../../../ui/ago.tsx';
import type { Column } from '../../../ui/column.ts';
import { Link } from '../../../ui/link.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { audienceWords } from '../../../words/audiences.ts';

const words = audienceWords.columns;

const stateOf = ({ syncs, deleting }: Audience): string => {
  if (deleting) return audienceWords.deleting;
  if (syncs.some(({ error }) => error !== undefined)) return 'failed';
  return syncs.some(({ active }) => active) ? audienceWords.active : audienceWords.inactive;
};

/** The columns of the list; segments are told by their names. */
export const audienceColumns = (segmentName: (id: string) => string): Column<Audience>[] => [
  {
    name: 'name',
    title: words.name,
    width: '28%',
    cell: ({ id, name }) => (
      <Link to="/audiences/$audienceId" params={{ audienceId: id }} fw={500} c="inherit">
        {name}
      </Link>
    ),
  },
  { name: 'segments', title: words.segments, cell: ({ segmentIds }) => segmentIds.map(segmentName).join(', ') },
  { name: 'platforms', title: words.platforms, width: '16%', cell: ({ platforms }) => platforms.join(', ') },
  { name: 'state', title: words.state, width: '140px', cell: audience => <StateBadge state={stateOf(audience)} /> },
  { name: 'changed', title: words.changed, width: '140px', cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
];
