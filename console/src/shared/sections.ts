import type { CardsProps } from '@cloudscape-design/components/cards';
import type { TableProps } from '@cloudscape-design/components/table';

/** The columns of a table as sections of cards, for phones. */
export function sectionsOf<T>(columns: TableProps.ColumnDefinition<T>[]): CardsProps.SectionDefinition<T>[] {
  return columns.map((column) => ({
    ...(column.id === undefined ? {} : { id: column.id }),
    header: column.header,
    content: (item) => column.cell(item),
  }));
}

/** What cards that nobody selects are called. */
export function cardsCalled(label: string): CardsProps.AriaLabels<unknown> {
  return { itemSelectionLabel: () => '', selectionGroupLabel: '', cardsLabel: label };
}
