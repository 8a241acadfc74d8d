import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { Profile } from '@/api/members';
import { Instant } from '@/shared/Instant';
import { Person } from '@/shared/Person';
import { eventInWords } from '@/shared/words';

type Event = Profile['timeline'][number];

const COLUMNS: TableProps.ColumnDefinition<Event>[] = [
  { id: 'at', header: 'When', isRowHeader: true, minWidth: 110, cell: ({ at }) => <Instant at={at} /> },
  {
    id: 'what',
    header: 'What and why',
    minWidth: 150,
    cell: ({ what, detail }) => (
      <>
        <div>{eventInWords(what)}</div>
        {detail !== null && <Box color="text-body-secondary">{detail}</Box>}
      </>
    ),
  },
  { id: 'by', header: 'By', cell: ({ by }) => <Person subject={by} /> },
];

/** What has happened to a member, newest first. */
export function History({ timeline }: { timeline: Event[] }) {
  return (
    <Table
      wrapLines
      contentDensity="compact"
      header={<Header>History</Header>}
      ariaLabels={{ tableLabel: 'History' }}
      items={timeline}
      columnDefinitions={COLUMNS}
    />
  );
}
