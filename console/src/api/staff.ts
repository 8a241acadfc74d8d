import { useQuery } from '@tanstack/react-query';
import { useRole } from '@/auth/role';
import { dataOf } from './client';
import { useApi } from './context';
import { allItems } from './pages';

const NONE: ReadonlyMap<string, string> = new Map();

/** The names of the people at the console by their subjects; none for those who may not know them. */
export function useStaffNames(): ReadonlyMap<string, string> {
  const api = useApi();
  const { may } = useRole();
  const { data } = useQuery({
    queryKey: ['staff', 'names'],
    queryFn: async () => {
      const people = await allItems((query) => dataOf(api.GET('/v1/staff', { params: { query } })));
      return new Map(people.map(({ subject, name, email }) => [subject, name || (email ?? 'A colleague')]));
    },
    enabled: may('manage_principals'),
    staleTime: 300_000,
  });
  return data ?? NONE;
}
