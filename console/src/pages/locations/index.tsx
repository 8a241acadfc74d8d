import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useNavigate } from 'react-router';
import { useLocationList, type Location } from '@/api/locations';
import { useRole } from '@/auth/role';
import { weekInWords } from '@/pages/location/hours';
import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';
import { useNarrow } from '@/shared/narrow';
import { ProblemAlert } from '@/shared/ProblemAlert';

const NEW = '/settings/locations/new';
const WIDE = ['name', 'zone', 'hours', 'exceptions', 'position'];
const NARROW = ['name', 'hours'];

const COLUMNS: TableProps.ColumnDefinition<Location>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    cell: ({ location_id, name }) => <AppLink href={`/settings/locations/${location_id}`}>{name}</AppLink>,
  },
  { id: 'zone', header: 'Time zone', cell: ({ time_zone }) => time_zone.replaceAll('_', ' ') },
  { id: 'hours', header: 'Hours', cell: ({ hours }) => weekInWords(hours) },
  { id: 'exceptions', header: 'Other dates', cell: ({ exceptions }) => exceptions.length || '–' },
  {
    id: 'position',
    header: 'Coordinates',
    cell: ({ position }) => (position === null ? '–' : `${position.lat}, ${position.lon}`),
  },
];

/** Where members check in. */
export default function Locations() {
  const { data, error, isPending, refetch } = useLocationList();
  const { may } = useRole();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const locations = [...(data?.values() ?? [])].sort((one, other) => one.name.localeCompare(other.name));
  const add = may('configure') && (
    <Button
      variant="primary"
      href={NEW}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(NEW);
      }}
    >
      Add a location
    </Button>
  );

  if (error && !data) {
    return (
      <ProblemAlert error={error} title="The locations could not be loaded" onRetry={() => void refetch()} />
    );
  }
  return (
    <Table
      variant={narrow ? 'borderless' : 'full-page'}
      wrapLines
      trackBy="location_id"
      items={locations}
      columnDefinitions={COLUMNS}
      columnDisplay={(narrow ? NARROW : WIDE).map((id) => ({ id, visible: true }))}
      loading={isPending}
      loadingText="Loading locations"
      ariaLabels={{ tableLabel: 'Locations' }}
      header={
        <Header
          variant="awsui-h1-sticky"
          description="Where members check in, by which clock, and when each is open."
          actions={add}
          {...(data ? { counter: `(${locations.length})` } : {})}
        >
          Locations
        </Header>
      }
      empty={
        <Empty title="There are no locations yet">
          {may('configure')
            ? 'Add the first one: members cannot check in without it.'
            : 'Owners of the program add them.'}
        </Empty>
      }
    />
  );
}
