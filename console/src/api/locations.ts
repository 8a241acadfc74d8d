import { useQuery } from '@tanstack/react-query';
import { useRole } from '@/auth/role';
import { dataOf, type Schemas } from './client';
import { useApi } from './context';
import { allItems } from './pages';

export type Location = Schemas['LocationView'];

const NONE: ReadonlyMap<string, Location> = new Map();

/** The program's locations by id; none until they are loaded, and none for support, who has no program. */
export function useLocations(): ReadonlyMap<string, Location> {
  const api = useApi();
  const { may } = useRole();
  const { data } = useQuery({
    queryKey: ['locations'],
    queryFn: async () => {
      const all = await allItems((query) => dataOf(api.GET('/v1/locations', { params: { query } })));
      return new Map(all.map((location) => [location.location_id, location]));
    },
    enabled: may('read'),
    staleTime: 300_000,
  });
  return data ?? NONE;
}
