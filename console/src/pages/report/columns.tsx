import Box from '@cloudscape-design/components/box';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { RedFlag } from '@/api/reports';
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
        <div>
          <Box variant="small">
            {inWords(RULES, rule)}
            {count > 1 && `, triggered ${count} times`}
          </Box>
        </div>
      </>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    minWidth: 130,
    cell: ({ status }) => (
      <StatusIndicator type={STATUS_TYPES[status] ?? 'info'}>
        {inWords(FLAG_STATUSES, status)}
      </StatusIndicator>
    ),
  },
  {
    id: 'raised',
    header: 'Raised',
    minWidth: 150,
    cell: ({ raised_at, location }) => <Instant at={raised_at} location={location?.location_id ?? null} />,
  },
  {
    id: 'location',
    header: 'Location',
    minWidth: 110,
    cell: ({ location }) => (location ? (location.name ?? 'A former location') : '–'),
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
  {
    id: 'decided',
    header: 'Decision',
    minWidth: 170,
    cell: ({ decided_at, decided_by, reason }) =>
      decided_at === null ? (
        '–'
      ) : (
        <>
          {reason ?? 'No reason given'}
          <div>
            <Box variant="small">
              <Person subject={decided_by} />, <Instant at={decided_at} />
            </Box>
          </div>
        </>
      ),
  },
];
