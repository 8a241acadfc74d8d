/** A list as a page shows it, whether it is read page by page or whole. */
export interface List<T> {
  /** Undefined while they are not known. */
  items: readonly T[] | undefined;
  /** The cursor of the next page; null on the last one. */
  next: string | null;
  error: unknown;
  refreshing: boolean;
  reload: () => void;
}

interface Query<D> {
  data: D | undefined;
  error: unknown;
  isFetching: boolean;
  isPlaceholderData: boolean;
  refetch: () => Promise<unknown>;
}

/** A page of a list. */
export function pageOf<T>(query: Query<{ items: T[]; next_cursor: string | null }>): List<T> {
  const { data, isPlaceholderData } = query;
  // While this page is on its way, the one before is shown: what follows that one is this page.
  return {
    ...stateOf(query),
    items: data?.items,
    next: isPlaceholderData ? null : (data?.next_cursor ?? null),
  };
}

/** A list that was read whole. */
export function wholeOf<T>(query: Query<T[]>): List<T> {
  return { ...stateOf(query), items: query.data, next: null };
}

function stateOf({ error, isFetching, refetch }: Query<unknown>) {
  return { error, refreshing: isFetching, reload: () => void refetch() };
}
