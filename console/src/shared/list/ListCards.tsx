import Cards, { type CardsProps } from '@cloudscape-design/components/cards';
import type { TableProps } from '@cloudscape-design/components/table';

interface Props<T> extends Omit<CardsProps<T>, 'cardDefinition' | 'ariaLabels'> {
  title: string;
  columns: TableProps.ColumnDefinition<T>[];
  /** The id of the column that heads each card. */
  cardHeader: string;
}

/** A list as cards, for phones: of each item all columns, one below the other. */
export function ListCards<T>({ title, columns, cardHeader, ...cards }: Props<T>) {
  const head = columns.find(({ id }) => id === cardHeader);
  const others = columns.filter(({ id }) => id !== cardHeader);
  return (
    <Cards
      {...cards}
      ariaLabels={{ itemSelectionLabel: () => '', selectionGroupLabel: '', cardsLabel: title }}
      cardDefinition={{ header: (item) => head?.cell(item), sections: others.map(sectionOf) }}
    />
  );
}

function sectionOf<T>(column: TableProps.ColumnDefinition<T>): CardsProps.SectionDefinition<T> {
  return {
    ...(column.id === undefined ? {} : { id: column.id }),
    header: column.header,
    content: (item) => column.cell(item),
  };
}
