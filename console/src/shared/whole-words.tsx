import type { TableProps } from '@cloudscape-design/components/table';

type Columns<T> = readonly TableProps.ColumnDefinition<T>[];

const USUAL_WIDTH = 100;

/** How wide columns are at least, together, in pixels. */
export function widthOf<T>(columns: Columns<T>): number {
  return columns.reduce((sum, { minWidth = USUAL_WIDTH }) => sum + Number(minWidth), 0);
}

/** Columns in which no word is broken where a line ends. */
export function withWholeWords<T>(columns: Columns<T>): TableProps.ColumnDefinition<T>[] {
  return columns.map((column) => ({
    ...column,
    header: <span className="whole-words">{column.header}</span>,
    cell: (item) => <div className="whole-words">{column.cell(item)}</div>,
  }));
}
