import Button from '@cloudscape-design/components/button';
import type { TableProps } from '@cloudscape-design/components/table';
import { useNavigate } from 'react-router';
import { useLocationList, type Location } from '@/api/locations';
import { useRole } from '@/auth/role';
import { weekInWords } from '@/pages/location/hours';
import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';
import { wholeOf } from '@/shared/list/list';
import { ListPage } from '@/shared/list/ListPage';

const NEW = '/settings/locations/new';
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
  const locations = useLocationList();
  const { may } = useRole();
  const navigate = useNavigate();
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

  const byName = [...(locations.data?.values() ?? [])].sort((one, other) =>
    one.name.localeCompare(other.name),
  );
  return (
    <ListPage
      title="Locations"
      description="Where members check in, with time zones and opening hours."
      actions={add}
      list={wholeOf({ ...locations, data: locations.data && byName })}
      failed="The locations could not be loaded"
      counted
      trackBy="location_id"
      columns={COLUMNS}
      narrow={NARROW}
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
