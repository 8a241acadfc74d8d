import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { useNarrow } from './narrow';

interface Props<T> {
  /** What the rows are; the page's heading. */
  title: string;
  description?: string;
  actions?: ReactNode;
  /** The rows; undefined while they are not known. */
  items: readonly T[] | undefined;
  /** Whether these are all the rows, so that the heading counts them. */
  counted?: boolean;
  trackBy: keyof T & string;
  columns: TableProps.ColumnDefinition<T>[];
  /** Ids of the columns that a phone has room for. */
  narrow: string[];
  filter?: ReactNode;
  pagination?: ReactNode;
  /** What stands there when there are no rows. */
  empty: ReactNode;
}

/** A page that is one table; on a phone, with fewer columns. */
export function PageTable<T>(props: Props<T>) {
  const { title, description, actions, items, counted = false, trackBy, columns, narrow } = props;
  const isNarrow = useNarrow();
  return (
    <Table
      variant={isNarrow ? 'borderless' : 'full-page'}
      stickyHeader={!isNarrow}
      wrapLines
      trackBy={trackBy}
      items={items ?? []}
      columnDefinitions={columns}
      columnDisplay={columns.map(({ id = '' }) => ({ id, visible: !isNarrow || narrow.includes(id) }))}
      loading={items === undefined}
      loadingText={`Loading ${title.toLowerCase()}`}
      ariaLabels={{ tableLabel: title }}
      header={
        <Header
          variant="awsui-h1-sticky"
          description={description}
          actions={actions}
          counter={counted && items ? `(${items.length})` : undefined}
        >
          {title}
        </Header>
      }
      filter={props.filter}
      pagination={props.pagination}
      empty={props.empty}
    />
  );
}
