import type { Profile } from '../../../../../core/model/profile.ts';
import { formatDay, formatMoney, formatNumber } from '../../../lib/format.ts';
import { profileName } from '../../../lib/profile-name.ts';
import { Ago } from '../../../ui/ago.tsx';
import type { Column } from '../../../ui/column.ts';
import { Link } from '../../../ui/link.tsx';
import { profileWords } from '../../../words/profiles.ts';

const words = profileWords.columns;

export const profileColumns: Column<Profile>[] = [
  {
    name: 'name',
    title: words.name,
    width: '19%',
    sort: 'lastName',
    cell: profile => (
      <Link to="/profiles/$profileId" params={{ profileId: profile.id }} fw={500} c="inherit">
        {profileName(profile)}
      </Link>
    ),
  },
  {
    name: 'email',
    title: words.email,
    width: '19%',
    sort: 'email',
    cell: ({ attributes, externalIds }) => attributes.email ?? externalIds.email,
  },
  {
    name: 'place',
    title: words.place,
    sort: 'country',
    cell: ({ attributes: { city, country } }) => [city, country].filter(Boolean).join(', '),
  },
  {
    name: 'ltv',
    title: words.ltv,
    width: '110px',
    isNumber: true,
    sort: 'ltv',
    cell: ({ computed }) => formatMoney(computed.ltv),
  },
  {
    name: 'purchases',
    title: words.purchases,
    width: '100px',
    isNumber: true,
    sort: 'purchaseCount',
    cell: ({ computed }) => formatNumber(computed.purchaseCount),
  },
  {
    name: 'churnRisk',
    title: words.churnRisk,
    width: '100px',
    isNumber: true,
    sort: 'churnRisk',
    cell: ({ computed }) => formatNumber(computed.churnRisk),
  },
  {
    name: 'lastSeen',
    title: words.lastSeen,
    width: '130px',
    sort: 'lastSeenDate',
    cell: ({ computed }) => <Ago at={computed.lastSeenDate} />,
  },
  {
    name: 'created',
    title: words.created,
    width: '120px',
    sort: 'createdAt',
    cell: ({ createdAt }) => formatDay(createdAt),
  },
];
