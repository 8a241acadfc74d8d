import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, type Schemas } from './client';
import { useApi } from './context';
import { allItems } from './pages';

export type ConsoleUser = Schemas['StaffView'];
export type NewConsoleUser = Schemas['StaffBody'];

/** Everybody who may use the program's console. */
export function usePeople() {
  const api = useApi();
  return useQuery({
    queryKey: ['staff', 'people'],
    queryFn: () => allItems((query) => dataOf(api.GET('/v1/staff', { params: { query } }))),
  });
}

/** Let somebody in. */
export function useAddPerson() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewConsoleUser) => dataOf(api.POST('/v1/staff', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['staff'] }),
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
    onSettled: () => queries.invalidateQueries({ queryKey: ['staff'] }),
  });
}
