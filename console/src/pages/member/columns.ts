import type { TableProps } from '@cloudscape-design/components/table';
import { useNarrow } from '@/shared/narrow';

/** The column for which a phone has no room. */
export const DEVICE = 'device';

/** The columns that there is room for. */
export function useColumns<T>(columns: TableProps.ColumnDefinition<T>[]): TableProps.ColumnDefinition<T>[] {
  const narrow = useNarrow();
  return narrow ? columns.filter(({ id }) => id !== DEVICE) : columns;
}
