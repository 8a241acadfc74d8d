import Header from '@cloudscape-design/components/header';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Profile } from '@/api/members';
import { Empty } from '@/shared/Empty';
import { FittingTable } from '@/shared/FittingTable';
import { Indicator } from '@/shared/Indicator';
import { Instant } from '@/shared/Instant';
import { LocationName } from '@/shared/LocationName';
import { inWords, OUTCOMES } from '@/shared/words';

type Attempt = Profile['recent_attempts'][number];

const COLUMNS: TableProps.ColumnDefinition<Attempt>[] = [
  {
    id: 'at',
    header: 'When',
    isRowHeader: true,
    minWidth: 160,
    cell: ({ checked_in_at, location_id }) => <Instant at={checked_in_at} location={location_id} />,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    minWidth: 150,
    cell: ({ outcome }) => (
      <Indicator type={outcome === 'accepted' ? 'success' : 'stopped'}>
        {inWords(OUTCOMES, outcome)}
      </Indicator>
    ),
  },
  {
    id: 'where',
    header: 'Location',
    minWidth: 130,
    cell: ({ location_id }) => <LocationName id={location_id} />,
  },
  { id: 'device', header: 'Device', cell: ({ device_id }) => device_id ?? '–' },
];

const NARROW = COLUMNS.filter(({ id }) => id !== 'device');

/** The newest attempts to check in, refused ones too. */
export function Attempts({ attempts }: { attempts: Attempt[] }) {
  return (
    <FittingTable
      contentDensity="compact"
      header={<Header description="The newest 20, refused ones too.">Recent attempts to check in</Header>}
      ariaLabels={{ tableLabel: 'Recent attempts to check in' }}
      items={attempts}
      columnDefinitions={COLUMNS}
      narrowColumns={NARROW}
      empty={<Empty title="No attempts yet">They appear when the member checks in.</Empty>}
    />
  );
}
