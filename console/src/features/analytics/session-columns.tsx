import { formatMinute, formatMoney, formatNumber } from '../../lib/format.ts';
import type { Column } from '../../ui/column.ts';
import { Link } from '../../ui/link.tsx';
import { analyticsWords } from '../../words/analytics.ts';
import type { ListedSession } from './use-sessions.ts';

const words = analyticsWords.columns;
const tailLength = 12;

const revenueOf = ({ revenue }: ListedSession): string =>
  Object.entries(revenue)
    .map(([currency, amount]) => `${formatMoney(amount)} ${currency}`)
    .join(', ');

export const sessionColumns: Column<ListedSession>[] = [
  { name: 'started', title: words.started, width: '190px', cell: ({ startedAt }) => formatMinute(startedAt) },
  {
    name: 'profile',
    title: words.profile,
    width: '160px',
    cell: ({ profileId }) => (
      <Link to="/profiles/$profileId" params={{ profileId }} title={profileId}>
        …{profileId.slice(-tailLength)}
      </Link>
    ),
  },
  { name: 'channel', title: words.channel, cell: ({ channel }) => channel },
  { name: 'source', title: words.source, width: '100px', cell: ({ source }) => source },
  {
    name: 'duration',
    title: words.duration,
    width: '110px',
    isNumber: true,
    cell: ({ durationSeconds }) => analyticsWords.minutes(formatNumber(Math.round(durationSeconds / 60))),
  },
  {
    name: 'events',
    title: words.events,
    width: '90px',
    isNumber: true,
    cell: ({ eventCount }) => formatNumber(eventCount),
  },
  {
    name: 'pages',
    title: words.pages,
    width: '90px',
    isNumber: true,
    cell: ({ pageViews }) => formatNumber(pageViews),
  },
  { name: 'converted', title: words.converted, width: '150px', isNumber: true, cell: revenueOf },
];
