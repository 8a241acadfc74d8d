import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useFits } from './fits';
import { widthOf, withWholeWords } from './whole-words';

interface Props<T> extends TableProps<T> {
  columnDefinitions: TableProps.ColumnDefinition<T>[];
  /** The columns where there is no room for those. */
  narrowColumns: TableProps.ColumnDefinition<T>[];
}

/** A table with as many columns as fit where it stands; no word is broken. */
export function FittingTable<T>({ columnDefinitions, narrowColumns, ...table }: Props<T>) {
  const [frame, fits] = useFits(widthOf(columnDefinitions));
  return (
    <div ref={frame}>
      <Table
        {...table}
        wrapLines
        columnDefinitions={withWholeWords(fits ? columnDefinitions : narrowColumns)}
      />
    </div>
  );
}
