import Header from '@cloudscape-design/components/header';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { useFits } from '../fits';
import { useNarrow } from '../narrow';
import { ProblemAlert } from '../ProblemAlert';
import { widthOf, withWholeWords } from '../whole-words';
import { CursorPages } from './CursorPages';
import type { List } from './list';
import type { ListCards } from './ListCards';
import { ListFailed } from './ListFailed';
import { NothingListed, type NothingWords } from './NothingListed';
import type { ListView } from './useListView';

interface Props<T> {
  /** What the items are; the page's heading. */
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  list: List<T>;
  /** The filters and the page that are shown; left out for a list that is read whole. */
  view?: ListView;
  /** The filters. They stay where they are when the list is empty or could not be loaded. */
  filter?: ReactNode;
  /** What is said when the list could not be loaded. */
  failed: string;
  /** What is shown when there is nothing to list. */
  empty: ReactNode;
  /** What is said when filters leave nothing. */
  unmatched?: NothingWords;
  /** Whether the heading counts the items, since these are all. */
  counted?: boolean;
  trackBy: keyof T & string;
  columns: TableProps.ColumnDefinition<T>[];
  /** The ids of the columns where there is room for them; all of them unless given. */
  wide?: string[];
  /** The ids of the columns where there is not; the same unless given. */
  narrow?: string[];
  /** For phones, cards with all columns, and the id of the column that heads each. Few lists need their code. */
  cards?: { Cards: typeof ListCards; header: string };
  /** Selection, density and whatever else the table of one page has. */
  table?: Partial<TableProps<T>>;
}

/** A page that is one list: heading, filters, rows, pages, and what to do when it is empty or has failed. */
export function ListPage<T>(props: Props<T>) {
  const { title, list, view, columns, cards } = props;
  const onPhone = useNarrow();
  const wide = props.wide ?? columns.map(({ id = '' }) => id);
  const narrow = props.narrow ?? wide;
  const [frame, fits] = useFits(widthOf(columns.filter(({ id = '' }) => wide.includes(id))));
  const shown = {
    items: list.items ?? [],
    trackBy: props.trackBy,
    loading: list.items === undefined && !list.error,
    loadingText: `Loading ${title.toLowerCase()}`,
    header: <Heading {...props} />,
    filter: <Above {...props} />,
    pagination: view && <CursorPages next={list.next} />,
    empty: <Nothing {...props} />,
  };
  if (onPhone && cards) {
    return <cards.Cards {...shown} title={title} columns={columns} cardHeader={cards.header} />;
  }
  return (
    <div ref={frame}>
      <Table
        {...shown}
        variant={onPhone ? 'borderless' : 'full-page'}
        stickyHeader={!onPhone}
        wrapLines
        columnDefinitions={withWholeWords(columns)}
        columnDisplay={(fits ? wide : narrow).map((id) => ({ id, visible: true }))}
        ariaLabels={{ tableLabel: title }}
        {...props.table}
      />
    </div>
  );
}

function Heading<T>({ title, description, actions, list, view, counted = false }: Props<T>) {
  return (
    <Header
      variant="awsui-h1-sticky"
      description={description}
      counter={counted && list.items ? `(${list.items.length})` : undefined}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          {actions}
          {view && (
            <Button
              iconName="refresh"
              ariaLabel="Load again"
              loading={list.refreshing}
              onClick={list.reload}
            />
          )}
        </SpaceBetween>
      }
    >
      {title}
    </Header>
  );
}

/** The filters, and below them what has failed while what was loaded before is still shown. */
function Above<T>({ filter, list, failed }: Props<T>) {
  if (list.items === undefined || !list.error) return filter;
  return (
    <SpaceBetween size="s">
      {filter}
      <ProblemAlert error={list.error} title={failed} onRetry={list.reload} />
    </SpaceBetween>
  );
}

function Nothing<T>({ list, view, failed, unmatched, empty }: Props<T>) {
  if (list.items === undefined) {
    return <ListFailed error={list.error} title={failed} onRetry={list.reload} view={view} />;
  }
  return (
    <NothingListed view={view} goesOn={list.next !== null} unmatched={unmatched}>
      {empty}
    </NothingListed>
  );
}
