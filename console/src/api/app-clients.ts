import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, type Schemas } from './client';
import { useApi } from './context';
import { allItems } from './pages';

export type AppClient = Schemas['AppClientView'];
export type NewAppClient = Schemas['NewAppClientView'];
export type AppClientBody = Schemas['AppClientBody'];

const KEY = ['app-clients'];

/** The clients of the program's app API. */
export function useAppClients() {
  const api = useApi();
  return useQuery({
    queryKey: KEY,
    queryFn: () => allItems((query) => dataOf(api.GET('/v1/app-clients', { params: { query } }))),
  });
}

/** Let a client in; its secret is in this answer only. */
export function useAddAppClient() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    // The secret goes when the page does.
    gcTime: 0,
    mutationFn: (body: AppClientBody) => dataOf(api.POST('/v1/app-clients', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** Let a client in no longer. */
export function useRemoveAppClient() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (clientId: string) =>
      dataOf(api.DELETE('/v1/app-clients/{client_id}', { params: { path: { client_id: clientId } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
