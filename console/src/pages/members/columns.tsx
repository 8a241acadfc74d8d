import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Member } from '@/api/members';
import { Access } from '@/shared/Access';
import { AppLink } from '@/shared/AppLink';
import { Instant } from '@/shared/Instant';
import { RedFlag } from '@/shared/RedFlag';
import { inWords, MEMBERSHIPS, RULES } from '@/shared/words';

export const NARROW = ['name', 'access'];

/** The columns of the list; a program may hide flags in it. */
export function columnsWith({ flags }: { flags: boolean }): TableProps.ColumnDefinition<Member>[] {
  return COLUMNS.filter(({ id }) => flags || id !== FLAGS);
}

const FLAGS = 'flags';

const COLUMNS: TableProps.ColumnDefinition<Member>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    minWidth: 180,
    cell: (member) => (
      <SpaceBetween direction="horizontal" size="xxs">
        <AppLink href={`/members/${member.member_id}`}>{member.name ?? 'No name'}</AppLink>
        {member.red_flag && <RedFlag label={`Open flag: ${rulesOf(member)}`} />}
      </SpaceBetween>
    ),
  },
  {
    id: 'access',
    header: 'Access',
    minWidth: 150,
    cell: (member) => <Access access={member.access} platformBlocked={member.platform_blocked} />,
  },
  { id: FLAGS, header: 'Open flags', cell: (member) => rulesOf(member) || '–' },
  { id: 'phone', header: 'Phone', cell: (member) => member.phone_masked },
  { id: 'external', header: 'Your own id', minWidth: 120, cell: (member) => member.external_id ?? '–' },
  { id: 'points', header: 'Points', cell: (member) => member.points.toLocaleString() },
  {
    id: 'membership',
    header: 'Membership',
    cell: (member) => inWords(MEMBERSHIPS, member.membership?.status ?? 'none'),
  },
  {
    id: 'enrolled',
    header: 'Enrolled',
    minWidth: 130,
    cell: (member) => <Instant at={member.enrolled_at} detail="day" />,
  },
];

function rulesOf(member: Member): string {
  return member.open_rules.map((rule) => inWords(RULES, rule)).join(', ');
}
