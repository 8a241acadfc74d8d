interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

type Read<T> = (query: { limit: number; cursor?: string }) => Promise<Page<T>>;

const SIZE = 25;
const MOST_READS = 20;

/** All items of a list that is short enough to be read whole. */
export async function allItems<T>(read: Read<T>): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read({ limit: 100, ...at(cursor) });
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

/**
 * A page of a list, full unless it is the last one. The API ends a long search before a page is full, and says
 * where to go on: there may be nothing more, and then there is no next page.
 */
export async function fullPage<T>(cursor: string | null | undefined, read: Read<T>): Promise<Page<T>> {
  let page = await read({ limit: SIZE, ...at(cursor ?? null) });
  for (let reads = 1; reads < MOST_READS; reads += 1) {
    const left = SIZE - page.items.length;
    if (left <= 0 || page.next_cursor === null) break;
    const more = await read({ limit: left, cursor: page.next_cursor });
    page = { items: [...page.items, ...more.items], next_cursor: more.next_cursor };
  }
  return page;
}

function at(cursor: string | null): { cursor?: string } {
  return cursor === null ? {} : { cursor };
}
