import { useQuery } from '@tanstack/react-query';
import { dataOf, type Api, type Schemas } from './client';
import { useApi } from './context';

export type Location = Schemas['LocationView'];

const NONE: ReadonlyMap<string, Location> = new Map();

async function allLocations(api: Api): Promise<Map<string, Location>> {
  const found = new Map<string, Location>();
  let cursor: string | null = null;
  do {
    const page: Schemas['Page_LocationView_'] = await dataOf(
      api.GET('/v1/locations', { params: { query: { limit: 100, ...(cursor === null ? {} : { cursor }) } } }),
    );
    for (const location of page.items) found.set(location.location_id, location);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

/** The program's locations by id; none until they are loaded. */
export function useLocations(): ReadonlyMap<string, Location> {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['locations'],
    queryFn: () => allLocations(api),
    staleTime: 300_000,
  });
  return data ?? NONE;
}
