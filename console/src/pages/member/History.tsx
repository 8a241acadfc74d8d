import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Profile } from '@/api/members';
import { FittingTable } from '@/shared/FittingTable';
import { Instant } from '@/shared/Instant';
import { NOT_OF_THE_STAFF, Person } from '@/shared/Person';
import { eventInWords } from '@/shared/words';

type Event = Profile['timeline'][number];

const COLUMNS: TableProps.ColumnDefinition<Event>[] = [
  { id: 'at', header: 'When', isRowHeader: true, minWidth: 240, cell: ({ at }) => <Instant at={at} /> },
  {
    id: 'what',
    header: 'What and why',
    minWidth: 150,
    cell: (event) => <What event={event} />,
  },
  { id: 'by', header: 'By', minWidth: 100, cell: (event) => <By event={event} /> },
];

const NARROW: TableProps.ColumnDefinition<Event>[] = [
  {
    id: 'all',
    header: 'What, when and who',
    isRowHeader: true,
    cell: (event) => (
      <>
        <What event={event} />
        <Box variant="small" color="text-body-secondary">
          <Instant at={event.at} /> · <By event={event} />
        </Box>
      </>
    ),
  },
];

function What({ event: { what, detail } }: { event: Event }) {
  return (
    <>
      <div>{eventInWords(what)}</div>
      {detail !== null && <Box color="text-body-secondary">{detail}</Box>}
    </>
  );
}

// Clients edit points too.
function By({ event: { by, by_name } }: { event: Event }) {
  return <Person subject={by} name={by_name} unknown={NOT_OF_THE_STAFF} />;
}

/** What has happened to a member, newest first. */
export function History({ timeline }: { timeline: Event[] }) {
  return (
    <FittingTable
      contentDensity="compact"
      header={<Header>History</Header>}
      ariaLabels={{ tableLabel: 'History' }}
      items={timeline}
      columnDefinitions={COLUMNS}
      narrowColumns={NARROW}
    />
  );
}
