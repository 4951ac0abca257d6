import { ActionIcon } from '@mantine/core';
import { IconUserMinus } from '@tabler/icons-react';
import { formatMoney } from '../../../lib/format.ts';
import { profileName } from '../../../lib/profile-name.ts';
import { Ago } from '../../../ui/ago.tsx';
import type { Column } from '../../../ui/column.ts';
import { Link } from '../../../ui/link.tsx';
import { profileWords } from '../../../words/profiles.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import type { Member } from './use-members.ts';

const { columns } = profileWords;

/** The columns of the members; with `remove` each can be taken out. */
export const memberColumns = (remove: ((profileId: string) => void) | undefined): Column<Member>[] => [
  {
    name: 'name',
    title: columns.name,
    width: '24%',
    cell: ({ profile }) => (
      <Link to="/profiles/$profileId" params={{ profileId: profile.id }} fw={500} c="inherit">
        {profileName(profile)}
      </Link>
    ),
  },
  {
    name: 'email',
    title: columns.email,
    width: '28%',
    cell: ({ profile }) => profile.attributes.email,
  },
  { name: 'place', title: columns.place, width: '90px', cell: ({ profile }) => profile.attributes.country },
  {
    name: 'ltv',
    title: columns.ltv,
    width: '110px',
    isNumber: true,
    cell: ({ profile }) => formatMoney(profile.computed.ltv),
  },
  { name: 'since', title: words.enteredAt, width: '140px', cell: ({ enteredAt }) => <Ago at={enteredAt} /> },
  ...(remove === undefined
    ? []
    : [
        {
          name: 'remove',
          title: '',
          width: '48px',
          cell: ({ profile }: Member) => (
            <ActionIcon aria-label={words.removeMember(profileName(profile))} onClick={() => remove(profile.id)}>
              <IconUserMinus size={15} />
            </ActionIcon>
          ),
        },
      ]),
];
