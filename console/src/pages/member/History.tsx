import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { Profile } from '@/api/members';
import { Instant } from '@/shared/Instant';
import { Person } from '@/shared/Person';
import { eventInWords } from '@/shared/words';

type Event = Profile['timeline'][number];

const COLUMNS: TableProps.ColumnDefinition<Event>[] = [
  { id: 'at', header: 'When', isRowHeader: true, cell: ({ at }) => <Instant at={at} /> },
  { id: 'what', header: 'What', cell: ({ what }) => eventInWords(what) },
  { id: 'by', header: 'By', cell: ({ by }) => <Person subject={by} /> },
  { id: 'why', header: 'Why', cell: ({ detail }) => detail ?? '–' },
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
