import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRole } from '@/auth/role';
import { dataOf, type Api, type Schemas } from './client';
import { useApi } from './context';
import { allItems } from './pages';

export type ConsoleUser = Schemas['StaffView'];
export type NewConsoleUser = Schemas['StaffBody'];

const KEY = ['staff'];
const NONE: ReadonlyMap<string, string> = new Map();

function peopleQuery(api: Api) {
  return queryOptions({
    queryKey: KEY,
    queryFn: () => allItems((query) => dataOf(api.GET('/v1/staff', { params: { query } }))),
  });
}

/** Everybody who may use the program's console. */
export function usePeople() {
  return useQuery(peopleQuery(useApi()));
}

/** The names of the people at the console by their subjects; none for those who may not know them. */
export function useStaffNames(): ReadonlyMap<string, string> {
  const { may } = useRole();
  const { data } = useQuery({
    ...peopleQuery(useApi()),
    select: namesOf,
    enabled: may('manage_principals'),
    staleTime: 300_000,
  });
  return data ?? NONE;
}

function namesOf(people: ConsoleUser[]): ReadonlyMap<string, string> {
  return new Map(people.map(({ subject, name, email }) => [subject, name || (email ?? 'A colleague')]));
}

/** Let somebody in. */
export function useAddPerson() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewConsoleUser) => dataOf(api.POST('/v1/staff', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** Let somebody in no longer. */
export function useRemovePerson() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (subject: string) =>
      dataOf(api.DELETE('/v1/staff/{subject}', { params: { path: { subject } } })),
    // After a refusal too: another owner may have removed them meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
