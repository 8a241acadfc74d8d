import Box from '@cloudscape-design/components/box';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { RedFlag } from '@/api/reports';
import { Indicator } from '@/shared/Indicator';
import { Instant } from '@/shared/Instant';
import { Person } from '@/shared/Person';
import { FLAG_STATUSES, inWords, RULES } from '@/shared/words';
import { Account, BCheckInsList } from './BCheckInsList';

const STATUS_TYPES: Record<string, StatusIndicatorProps.Type> = {
  open: 'pending',
  confirmed: 'stopped',
  verified: 'success',
  resolved: 'success',
  overturned: 'info',
};

export const columns: TableProps.ColumnDefinition<RedFlag>[] = [
  {
    id: 'member',
    header: 'Member',
    isRowHeader: true,
    minWidth: 140,
    cell: ({ member }) => <Account member={member} />,
  },
  {
    id: 'evidence',
    header: 'Red flag',
    minWidth: 220,
    cell: ({ rule, sentence, count }) => (
      <>
        {sentence}
        <Box variant="small" display="block">
          {inWords(RULES, rule)}
          {count > 1 && `, triggered ${count} times`}
        </Box>
      </>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    minWidth: 170,
    cell: (row) => <Status row={row} />,
  },
  {
    id: 'raised',
    header: 'Raised',
    minWidth: 170,
    cell: ({ raised_at, location }) => (
      <>
        <Instant at={raised_at} location={location?.location_id ?? null} />
        {location && (
          <Box variant="small" display="block">
            {location.name ?? 'A former location'}
          </Box>
        )}
      </>
    ),
  },
  {
    id: 'first',
    header: 'First member',
    minWidth: 130,
    cell: ({ first_member }) => (first_member ? <Account member={first_member} /> : '–'),
  },
  {
    id: 'b',
    header: 'B check-ins',
    minWidth: 260,
    cell: (row) => <BCheckInsList row={row} />,
  },
];

function Status({ row: { status, decided_at, decided_by, decided_by_name, reason } }: { row: RedFlag }) {
  return (
    <>
      <Indicator type={STATUS_TYPES[status] ?? 'info'}>{inWords(FLAG_STATUSES, status)}</Indicator>
      {decided_at !== null && (
        <Box variant="small" display="block">
          {reason !== null && `${reason} `}(<Person subject={decided_by} name={decided_by_name} />,{' '}
          <Instant at={decided_at} />)
        </Box>
      )}
    </>
  );
}
