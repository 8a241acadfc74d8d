import { useCollection } from '@cloudscape-design/collection-hooks';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { Summary } from '@/api/summary';
import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';

type Line = Summary['by_location'][number];

const PAGE = 10;

const COLUMNS: TableProps.ColumnDefinition<Line>[] = [
  { id: 'where', header: 'Location', isRowHeader: true, cell: (line) => <Where line={line} /> },
  { id: 'flags', header: 'Flags', cell: ({ flags }) => flags.toLocaleString() },
];

/** How many flags were raised at each location, the most first. */
export function Locations({ locations }: { locations: Line[] }) {
  const { items, collectionProps, paginationProps } = useCollection(locations, {
    pagination: { pageSize: PAGE },
  });
  return (
    <Table
      {...collectionProps}
      wrapLines
      contentDensity="compact"
      header={<Header description="Links lead to the flags that are still open.">Flags by location</Header>}
      ariaLabels={{ tableLabel: 'Flags by location' }}
      items={items}
      columnDefinitions={COLUMNS}
      pagination={locations.length > PAGE && <Pagination {...paginationProps} />}
      empty={<Empty title="No flags in these days">Choose more days to look further back.</Empty>}
    />
  );
}

function Where({ line: { location_id, name } }: { line: Line }) {
  if (location_id === null) return <>No location</>;
  return <AppLink href={`/queue?location_id=${location_id}`}>{name ?? 'A former location'}</AppLink>;
}
