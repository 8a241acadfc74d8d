import { useQuery } from '@tanstack/react-query';
import { useRole } from '@/auth/role';
import { dataOf, type Schemas } from './client';
import { useApi } from './context';
import { allItems } from './pages';

export type Location = Schemas['LocationView'];

const NONE: ReadonlyMap<string, Location> = new Map();

/** The program's locations by id, and how reading them goes. Support has no program, and so none. */
export function useLocationList() {
  const api = useApi();
  const { may } = useRole();
  return useQuery({
    queryKey: ['locations'],
    queryFn: async () => {
      const all = await allItems((query) => dataOf(api.GET('/v1/locations', { params: { query } })));
      return new Map(all.map((location) => [location.location_id, location]));
    },
    enabled: may('read'),
    staleTime: 300_000,
  });
}

/** The program's locations by id; none until they are loaded. */
export function useLocations(): ReadonlyMap<string, Location> {
  return useLocationList().data ?? NONE;
}
