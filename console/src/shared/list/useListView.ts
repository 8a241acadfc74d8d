import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { initialValues, isFiltered, useFilters, type Filters, type Values } from '../filters';

/** What of a list is shown: the address says it all. */
export interface ListView<F extends Filters = Filters> {
  filters: Values<F>;
  /** Choose other values; the list begins at its first page again. */
  change: (changes: Partial<Values<F>>) => void;
  clear: () => void;
  filtered: boolean;
  /** Where the page begins; undefined for the first one. */
  cursor: string | undefined;
}

/**
 * The filters and the page of a list. `filters` must stay the same from one rendering to the next. `selection` is
 * the parameter of the address that holds what is selected: with other filters, nothing is.
 */
export function useListView<F extends Filters>(filters: F, selection?: string): ListView<F> {
  const [values, change] = useFilters(filters, selection);
  const cursor = useCursor();
  const initial = useMemo(() => initialValues(filters), [filters]);
  const clear = useCallback(() => {
    change(initial);
  }, [change, initial]);
  return { filters: values, change, clear, filtered: isFiltered(values, filters), cursor };
}

const NO_FILTERS = {};

/** The page of a list that has no filters. */
export function usePagedView(): ListView<typeof NO_FILTERS> {
  return useListView(NO_FILTERS);
}

function useCursor(): string | undefined {
  const cursor = useSearchParams()[0].get('cursor');
  return cursor === null || cursor === '' ? undefined : cursor;
}
